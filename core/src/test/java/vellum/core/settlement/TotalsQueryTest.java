package vellum.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import vellum.core.billing.CellBounds;
import vellum.core.billing.CellFilter;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.billing.Measures;
import vellum.core.billing.SaleCell;
import vellum.core.billing.TotalsException;
import vellum.core.period.Stage;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthId;

final class TotalsQueryTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final MonthId OCTOBER = MonthId.parse("2026-10.default");
  private static final MonthId NOVEMBER = MonthId.parse("2026-11.default");

  private final FakeCells cells = new FakeCells();
  private final Set<String> registered = new HashSet<>(Set.of("quiet"));
  private final TotalsQuery query =
      new TotalsQuery(
          cells,
          new Askable(
              new KnownParties(party -> registered.contains(party.id()), cells),
              new KeptDays(new DefaultCalendar(), InstantSource.fixed(NOW))),
          () -> 77);

  /** Cells in lists. */
  private static final class FakeCells implements CellSource {
    private final SortedMap<MonthId, List<byte[]>> months = new TreeMap<>();
    private final List<CellRange> ranges = new ArrayList<>();
    private int open;

    void add(MonthId month, String account, String day, String currency) {
      SaleCell cell =
          new SaleCell(
              account, (int) LocalDate.parse(day).toEpochDay(), 1, 1, 1, "DE", "", 4, currency);
      months.computeIfAbsent(month, any -> new ArrayList<>()).add(cell.encode());
    }

    @Override
    public SortedSet<MonthId> months(int fromDay, int toDay) {
      return new TreeSet<>(months.keySet());
    }

    @Override
    public Optional<Cells> open(MonthId month) {
      if (months.get(month).isEmpty()) {
        return Optional.empty();
      }
      open++;
      return Optional.of(
          new Cells() {
            @Override
            public Stage.Owner owner() {
              return month.equals(OCTOBER) ? Stage.Owner.ARCHIVE : Stage.Owner.LIVE;
            }

            @Override
            public long position() {
              return month.month().getMonthValue();
            }

            @Override
            public void read(CellRange range, CellSink sink) {
              ranges.add(range);
              Measures one = new Measures();
              one.count().add(1);
              one.amount().add(10);
              for (byte[] key : months.get(month)) {
                if (new CellBounds(range).holds(key, 0)) {
                  sink.cell(key, 0, key.length, one);
                }
              }
            }

            @Override
            public void close() {
              open--;
            }
          });
    }
  }

  private static CellFilter days(String from, String to) {
    return CellFilter.of(Cube.SALE, LocalDate.parse(from), LocalDate.parse(to));
  }

  private List<String> rows(CellFilter filter, Dimension... by) {
    return query.totals(new TotalsRequest(filter, List.of(by))).rows().stream()
        .map(row -> String.join("|", row.values()) + "=" + row.sums().count())
        .toList();
  }

  @Test
  void shouldAddADayUpThatLiesInTwoMonths() {
    // given
    cells.add(OCTOBER, "a", "2026-11-01", "EUR");
    cells.add(NOVEMBER, "a", "2026-11-01", "EUR");
    cells.add(NOVEMBER, "a", "2026-11-02", "USD");
    cells.add(OCTOBER, "a", "2026-10-31", "EUR");
    // when
    Totals totals =
        query.totals(
            new TotalsRequest(days("2026-11-01", "2026-12-01"), List.of(Dimension.ACCOUNT)));
    // then
    assertThat(totals.request().by()).containsExactly(Dimension.ACCOUNT, Dimension.CURRENCY);
    assertThat(totals.rows())
        .extracting(row -> row.values().toString())
        .containsExactly("[a, EUR]", "[a, USD]");
    assertThat(totals.rows().get(0).sums().amount()).hasToString("20");
    assertThat(totals.byCurrency().get("EUR").count()).hasToString("2");
    assertThat(totals.applied()).isEqualTo(77);
    assertThat(totals.position()).isEqualTo(10);
    assertThat(totals.months())
        .containsExactly(
            new Totals.MonthRead(OCTOBER, Stage.Owner.ARCHIVE, 10),
            new Totals.MonthRead(NOVEMBER, Stage.Owner.LIVE, 11));
    assertThat(cells.open).isZero();
  }

  @Test
  void shouldReadOnlyThePartiesThatAreNamed() {
    cells.add(OCTOBER, "a", "2026-10-05", "EUR");
    cells.add(OCTOBER, "b", "2026-10-05", "EUR");
    cells.add(OCTOBER, "c", "2026-10-05", "EUR");

    registered.addAll(List.of("a", "c"));
    CellFilter filter = days("2026-10-01", "2026-11-01").with(Dimension.ACCOUNT, List.of("c", "a"));
    assertThat(rows(filter, Dimension.ACCOUNT, Dimension.DAY))
        .containsExactly("a|2026-10-05|EUR=1", "c|2026-10-05|EUR=1");
    assertThat(cells.ranges).extracting(CellRange::party).containsExactly("a", "c");
  }

  @Test
  void shouldPassAMonthThatIsGoneMeanwhile() {
    cells.add(OCTOBER, "a", "2026-10-05", "EUR");
    cells.months.put(NOVEMBER, List.of());
    assertThat(rows(days("2026-10-01", "2026-11-02"))).containsExactly("EUR=1");
  }

  @Test
  void shouldRefuseAnAccountThatNobodyKnows() {
    cells.add(OCTOBER, "a", "2026-10-05", "EUR");
    CellFilter filter = days("2026-10-01", "2026-11-01");
    assertThat(rows(filter.with(Dimension.ACCOUNT, "a"))).hasSize(1);
    assertThat(rows(filter.with(Dimension.ACCOUNT, "quiet"))).isEmpty();
    // also beside one that is known
    for (List<String> asked : List.of(List.of("nobody"), List.of("a", "nobody", "quiet"))) {
      assertThatThrownBy(() -> rows(filter.with(Dimension.ACCOUNT, asked)))
          .isInstanceOf(SettlementException.UnknownAccount.class)
          .hasMessage("account nobody is not registered, and nothing of it is kept");
    }
    assertThat(cells.open).isZero();
  }

  @Test
  void shouldKnowAnAccountByItsCellsOfAnyMonth() {
    cells.add(OCTOBER, "a", "2026-10-05", "EUR");
    CellFilter filter = days("2026-11-01", "2026-12-01");
    assertThat(rows(filter.with(Dimension.ACCOUNT, "a"))).isEmpty();
    CellFilter legs =
        CellFilter.of(Cube.COST, LocalDate.parse("2026-10-01"), LocalDate.parse("2026-11-01"));
    assertThat(rows(legs.with(Dimension.SUPPLIER, ""))).isEmpty();
    assertThatThrownBy(() -> rows(legs.with(Dimension.SUPPLIER, "a")))
        .isInstanceOf(SettlementException.UnknownSupplier.class);
  }

  @Test
  void shouldRefuseDaysOfWhichNothingIsKept() {
    assertThat(rows(days("2015-12-31", "2025-12-31"))).isEmpty();
    assertThatThrownBy(() -> rows(days("2015-12-30", "2016-01-02")))
        .isInstanceOf(TotalsException.BeforeKept.class)
        .hasMessage("nothing is kept from before 2015-12-31");
    assertThatThrownBy(() -> rows(days("2016-01-01", "2026-01-02")))
        .isInstanceOf(TotalsException.IntervalTooLong.class)
        .hasMessage("an interval has at most 10 years");
  }

  @Test
  void shouldSayUntilWhenDaysMayLackWhatWasRemoved() {
    // given: a record of January in UTC whose account is west of it
    MonthId january = MonthId.parse("2016-01.default");
    cells.add(january, "a", "2015-12-31", "EUR");
    cells.add(january, "a", "2016-01-01", "EUR");
    // when
    Totals edge =
        query.totals(new TotalsRequest(days("2015-12-31", "2016-01-02"), List.of(Dimension.DAY)));
    // then
    assertThat(edge.rows())
        .extracting(row -> row.values().get(0))
        .containsExactly("2015-12-31", "2016-01-01");
    assertThat(edge.partialBefore()).isEqualTo("2016-01-02");
    TotalsRequest behind = new TotalsRequest(days("2016-01-02", "2016-02-01"), List.of());
    assertThat(query.totals(behind).partialBefore()).isNull();
  }

  @Test
  void shouldCloseTheMonthWhenThereAreTooManyRows() {
    cells.add(OCTOBER, "a", "2026-10-05", "EUR");
    cells.add(OCTOBER, "b", "2026-10-05", "USD");
    TotalsRequest request = new TotalsRequest(days("2026-10-01", "2026-11-01"), List.of());
    assertThat(query.totals(request, 2).rows()).hasSize(2);
    assertThatThrownBy(() -> query.totals(request, 1))
        .isInstanceOf(TotalsException.TooManyRows.class);
    assertThat(cells.open).isZero();
  }
}
