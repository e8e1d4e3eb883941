package vellum.core.settlement;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.billing.CellGroups;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.billing.TotalsException;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.UtcOffset;

/**
 * Totals of any days, grouped by any dimensions, filtered by any: read out of the cubes of the
 * months that can hold them, and exact. What it costs goes by the cells of the parties and days
 * that are asked for; where nobody asks for days, by those of whole months, which are some twenty
 * times fewer. Thread-safe.
 */
public final class TotalsQuery {

  /** Most rows of an answer. */
  public static final int MAX_ROWS = 100_000;

  /** Most years of an interval. */
  public static final int MAX_YEARS = 10;

  private static final int FIRST_YEAR = 2000;

  private final CellSource cells;
  private final MonthCalendar calendar;
  private final BiPredicate<Cube, String> registered;
  private final LongSupplier applied;
  private final InstantSource clock;

  /**
   * @param registered whether the registry has an account (of the sale cube) or supplier
   * @param applied journal sequence up to which months have everything
   */
  public TotalsQuery(
      CellSource cells,
      MonthCalendar calendar,
      BiPredicate<Cube, String> registered,
      LongSupplier applied,
      InstantSource clock) {
    this.cells = cells;
    this.calendar = calendar;
    this.registered = registered;
    this.applied = applied;
    this.clock = clock;
  }

  /**
   * Answers with at most {@link #MAX_ROWS} rows.
   *
   * @throws TotalsException when it has no answer, by its kinds
   */
  public Totals totals(TotalsRequest request) {
    return totals(request, MAX_ROWS);
  }

  /**
   * Answers.
   *
   * @param mostRows groups that are kept in memory, those that come to zero included; some 150
   *     bytes each
   * @throws TotalsException when it has no answer, by its kinds
   */
  public Totals totals(TotalsRequest request, int mostRows) {
    CellFilter filter = request.filter();
    Instant kept = oldestInstant();
    checkDays(filter, kept);
    long complete = applied.getAsLong();
    CellGroups groups = new CellGroups(filter, request.by(), mostRows);
    List<CellRange> ranges = filter.ranges(request.by());
    List<Totals.MonthRead> read = new ArrayList<>();
    for (MonthId month : cells.months(filter.fromDay(), filter.toDay())) {
      read(month, ranges, groups).ifPresent(read::add);
    }
    if (groups.isEmpty()) {
      checkParties(filter);
    }
    return new Totals(request, groups.rows(), complete, read, partialBefore(filter, kept));
  }

  private Optional<Totals.MonthRead> read(
      MonthId month, List<CellRange> ranges, CellGroups groups) {
    Optional<CellSource.Cells> opened = cells.open(month);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (CellSource.Cells open = opened.get()) {
      long position = open.position();
      for (CellRange range : ranges) {
        open.read(range, groups);
      }
      return Optional.of(new Totals.MonthRead(month, open.owner(), position));
    }
  }

  private static void checkDays(CellFilter filter, Instant kept) {
    LocalDate from = LocalDate.ofEpochDay(filter.fromDay());
    LocalDate to = LocalDate.ofEpochDay(filter.toDay());
    if (from.plusYears(MAX_YEARS).isBefore(to)) {
      throw new TotalsException.IntervalTooLong(MAX_YEARS);
    }
    LocalDate oldest = dayOf(kept.minus(UtcOffset.WIDEST));
    if (from.isBefore(oldest)) {
      throw new TotalsException.BeforeKept(oldest);
    }
  }

  /** The first day that began in no time zone before what is kept, if the filter begins before. */
  private static @Nullable LocalDate partialBefore(CellFilter filter, Instant kept) {
    LocalDate whole = dayOf(kept.plus(UtcOffset.WIDEST).minusNanos(1)).plusDays(1);
    return filter.fromDay() < whole.toEpochDay() ? whole : null;
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  /** When the oldest year began of which the default class keeps anything. */
  private Instant oldestInstant() {
    int year = clock.instant().atOffset(ZoneOffset.UTC).getYear();
    while (year > FIRST_YEAR && isKept(year - 1)) {
      year--;
    }
    return calendar.start(january(year));
  }

  private static MonthId january(int year) {
    return new MonthId(YearMonth.of(year, 1), MonthId.DEFAULT_CLASS);
  }

  private boolean isKept(int year) {
    return calendar.removal(january(year)).isAfter(clock.instant());
  }

  private void checkParties(CellFilter filter) {
    for (String party : filter.parties()) {
      if (!party.isEmpty() && !registered.test(filter.cube(), party)) {
        throw new TotalsException.UnknownParty(filter.cube());
      }
    }
  }
}
