package vellum.core.settlement;

import java.time.YearMonth;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.BillingDay;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.billing.PostingKey;
import vellum.core.period.Catalog;
import vellum.core.period.Month;
import vellum.core.period.Place;
import vellum.core.period.PostingScan;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;

/** The books of the months on this machine, live and archived. Thread-safe. */
public final class MonthBooks implements Books {

  private final RecordStore months;
  private final Catalog catalog;

  public MonthBooks(RecordStore months, Catalog catalog) {
    this.months = months;
    this.catalog = catalog;
  }

  @Override
  public void read(Party party, YearMonth period, CellSink cells, Consumer<Posting> adjustments) {
    CellRange range = range(party.cube(), party.id(), period);
    each(
        month -> isNear(month, period),
        month -> {
          try (PostingScan scan = month.cellsAndAdjustments(range, period, cells)) {
            while (scan.next()) {
              if (scan.posting().of().equals(period)) {
                adjustments.accept(scan.posting());
              }
            }
          }
        });
  }

  @Override
  public void adjustmentsTo(
      Cube cube, YearMonth period, @Nullable String party, Consumer<Posting> adjustments) {
    each(
        month -> !month.month().isAfter(period.plusMonths(1)),
        month -> {
          try (PostingScan scan =
              month.postings().to(Posting.Kind.ADJUSTMENT, cube, period, party, null)) {
            while (scan.next()) {
              if (!scan.posting().of().equals(period)) {
                adjustments.accept(scan.posting());
              }
            }
          }
        });
  }

  @Override
  public void postings(Party party, YearMonth period, @Nullable Place after, PostingSink wanted) {
    boolean[] goesOn = {true};
    each(
        month ->
            goesOn[0] && !month.month().isAfter(period.plusMonths(1)) && isNotBefore(month, after),
        month -> {
          byte[] behind = after != null && after.month().equals(month.month()) ? after.key() : null;
          for (Posting.Kind kind : Posting.Kind.values()) {
            try (PostingScan scan =
                month.postings().to(kind, party.cube(), period, party.id(), behind)) {
              while (goesOn[0] && scan.next()) {
                Posting posting = scan.posting();
                Place place = new Place(month.month(), PostingKey.of(posting));
                goesOn[0] = wanted.next(place, posting, month);
              }
            }
          }
        });
  }

  private static boolean isNotBefore(MonthId month, @Nullable Place after) {
    return after == null || month.compareTo(after.month()) >= 0;
  }

  @Override
  public PeriodRows rows(YearMonth period, @Nullable AccountId account) {
    PeriodRows rows = new PeriodRows();
    try {
      for (MonthId month : months.months()) {
        if (month.kind() == MonthId.Kind.TRAFFIC && isNear(month, period)) {
          months.holdExisting(month).ifPresent(hold -> rows.add(hold, account));
        }
      }
      return rows;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  @Override
  public SortedSet<String> parties(Cube cube, YearMonth period) {
    SortedSet<String> parties = new TreeSet<>();
    LastParty last = new LastParty(parties);
    each(
        month -> isNear(month, period),
        month ->
            month.cells(
                range(cube, null, period).byMonth(),
                (key, offset, length, measures) -> last.add(key, offset)));
    return parties;
  }

  /** Whoever a cell is of, made a text only when it is another than before. */
  private static final class LastParty {
    private final SortedSet<String> parties;
    private byte[] last = new byte[0];

    LastParty(SortedSet<String> parties) {
      this.parties = parties;
    }

    void add(byte[] key, int offset) {
      int length = 2 + (key[offset + 1] & 0xFF);
      if (!java.util.Arrays.equals(key, offset, offset + length, last, 0, last.length)) {
        last = java.util.Arrays.copyOfRange(key, offset, offset + length);
        parties.add(Party.ofCell(key, offset).id());
      }
    }
  }

  @Override
  public boolean isGone(int year) {
    SortedMap<MonthId, Catalog.Entry> all = catalog.entries();
    return all.entrySet().stream()
        .filter(one -> one.getKey().kind() == MonthId.Kind.TRAFFIC)
        .filter(one -> one.getKey().month().getYear() == year)
        .anyMatch(one -> one.getValue().stage().owner() == Stage.Owner.NONE);
  }

  private static CellRange range(Cube cube, @Nullable String party, YearMonth period) {
    return new CellRange(cube, party, BillingDay.first(period), BillingDay.end(period));
  }

  /** Whether a month may hold days of a period: zones differ by less than two days. */
  private static boolean isNear(MonthId month, YearMonth period) {
    return !month.month().isBefore(period.minusMonths(1))
        && !month.month().isAfter(period.plusMonths(1));
  }

  private void each(Predicate<MonthId> wanted, Consumer<Month> use) {
    for (MonthId month : months.months()) {
      if (month.kind() == MonthId.Kind.TRAFFIC && wanted.test(month)) {
        Optional<RecordStore.Hold> hold = months.holdExisting(month);
        try {
          hold.ifPresent(open -> use.accept(open.month()));
        } finally {
          hold.ifPresent(RecordStore.Hold::close);
        }
      }
    }
  }
}
