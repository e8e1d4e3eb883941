package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.CellFilter;
import vellum.core.billing.CellGroups;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.billing.Measures;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.period.RecordQuery;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.seal.SealFixture;
import vellum.core.seal.TestRecords;
import vellum.core.settlement.Askable;
import vellum.core.settlement.KeptDays;
import vellum.core.settlement.KnownParties;
import vellum.core.settlement.StoredCells;
import vellum.core.settlement.Totals;
import vellum.core.settlement.TotalsQuery;
import vellum.core.settlement.TotalsRequest;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;

/** A row of totals is exactly what its records come to, before and after a strip. */
final class DrillDownTest {

  private static final MonthId NOVEMBER = MonthId.parse("2026-11.default");

  /** Offsets of the accounts' zones in quarters: Kolkata, UTC, Niue, Kiritimati. */
  private static final int[] QUARTERS = {22, 0, -44, 56};

  private static final LocalDate FROM = LocalDate.parse("2026-10-15");
  private static final LocalDate TO = LocalDate.parse("2026-12-01");
  private static final long DAY = 86_400;

  @TempDir Path directory;
  private ApplyFixture fixture;
  private TotalsQuery totals;

  @BeforeEach
  void send() {
    fixture = new ApplyFixture(directory);
    StoredCells cells = new StoredCells(fixture.months, fixture.seal.calendar);
    totals =
        new TotalsQuery(
            cells,
            new Askable(
                new KnownParties(party -> false, cells),
                new KeptDays(fixture.seal.calendar, InstantSource.fixed(SealFixture.NOW))),
            () -> fixture.applier.progress().sequence());
    CubeTraffic traffic = new CubeTraffic(77);
    for (int batch = 0; batch < 4; batch++) {
      List<DetailRecord> messages = new ArrayList<>(traffic.batch(300));
      for (int account = 0; account < QUARTERS.length; account++) {
        String name = "acct-" + account;
        terms(QUARTERS[account], QUARTERS[(account + batch) % QUARTERS.length]);
        fixture.send(messages.stream().filter(one -> one.getAccount().equals(name)).toList());
      }
      fixture.apply();
      if (batch == 1) {
        fixture.flusher.flushAll();
      }
    }
    Instant lastHour = Instant.parse("2026-10-31T23:00:00.5Z");
    for (int i = 0; i < 20; i++) {
      terms(QUARTERS[i % 4], 0);
      DetailRecord.Builder record =
          TestRecords.sms(9000 + i, lastHour.plusSeconds(i), "+4917012345");
      record
          .getRatingBuilder()
          .setVersion(1)
          .setUnits(1)
          .setSalePriceNanos(i + 1)
          .setCurrency("EUR");
      fixture.send(record.setAccount("acct-" + i % 4).build());
    }
    fixture.apply();
  }

  private void terms(int account, int supplier) {
    fixture.seal.zoneQuarters = account;
    fixture.seal.supplierZoneQuarters = supplier;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Totals totals(Cube cube, Dimension... by) {
    return totals.totals(new TotalsRequest(CellFilter.of(cube, FROM, TO), List.of(by)));
  }

  private static CellFilter behind(Totals totals, CellGroups.Row row) {
    CellFilter filter = totals.request().filter();
    for (int i = 0; i < row.values().size(); i++) {
      filter = filter.with(totals.request().by().get(i), row.values().get(i));
    }
    return filter;
  }

  private List<FoundRecord> records(CellFilter filter, int limit, int mostRead) {
    List<FoundRecord> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Place place = null;
    do {
      RecordPage page = fixture.finder.list(RecordQuery.of(filter), place, limit, mostRead);
      assertThat(page.records()).hasSizeLessThanOrEqualTo(limit);
      page.records().forEach(record -> assertThat(seen.add(key(record))).isTrue());
      found.addAll(page.records());
      place = page.next();
    } while (place != null);
    return found;
  }

  private static String key(FoundRecord record) {
    byte[] key =
        record instanceof FoundRecord.Sealed sealed
            ? sealed.record().key()
            : ((FoundRecord.Stripped) record).record().key();
    return HexFormat.of().formatHex(key);
  }

  /** Asserts that each row's records come to it, summed apart from the product. */
  private int assertSales(Totals totals) {
    int records = 0;
    for (CellGroups.Row row : totals.rows()) {
      BigInteger[] sums = zeros(5);
      for (FoundRecord found : records(behind(totals, row), 13, 100)) {
        DetailRecord record = LateRecordsTest.open(found);
        int account = record.getAccount().charAt(5) - '0';
        long local = record.getStartedAt().getSeconds() + QUARTERS[account] * 900L;
        assertThat(row.values())
            .contains(
                record.getAccount(), LocalDate.ofEpochDay(Math.floorDiv(local, DAY)).toString());
        add(
            sums,
            1,
            record.getRating().getUnits(),
            record.getRating().getBilledDurationMs(),
            record.getRating().getSalePriceNanos(),
            record.getRating().getCostPriceNanos());
        records++;
      }
      assertThat(values(row.sums())).isEqualTo(List.of(sums));
    }
    return records;
  }

  private void assertCosts(Totals totals) {
    for (CellGroups.Row row : totals.rows()) {
      Predicate<Leg> isMeant =
          leg ->
              leg.getSupplier().equals(row.values().get(0))
                  && leg.getRoute().equals(row.values().get(1))
                  && leg.getMccMnc().equals(row.values().get(2))
                  && leg.getCurrency().equals(row.values().get(3));
      BigInteger[] sums = zeros(5);
      for (FoundRecord found : records(behind(totals, row), 50, 1_000)) {
        List<Leg> legs =
            LateRecordsTest.open(found).getLegsList().stream().filter(isMeant).toList();
        assertThat(legs).isNotEmpty();
        legs.forEach(leg -> add(sums, 1, leg.getUnits(), 0, leg.getCostNanos(), 0));
      }
      assertThat(values(row.sums())).isEqualTo(List.of(sums));
    }
  }

  private static BigInteger[] zeros(int count) {
    BigInteger[] zeros = new BigInteger[count];
    Arrays.fill(zeros, BigInteger.ZERO);
    return zeros;
  }

  private static void add(BigInteger[] sums, long... values) {
    for (int i = 0; i < values.length; i++) {
      sums[i] = sums[i].add(BigInteger.valueOf(values[i]));
    }
  }

  private static List<BigInteger> values(Measures sums) {
    return List.of(
        sums.count().value(),
        sums.units().value(),
        sums.durationMs().value(),
        sums.amount().value(),
        sums.expectedCost().value());
  }

  @Test
  void shouldFindExactlyTheRecordsOfEachRowBeforeAndAfterTheStrip() {
    // given
    Totals sales = totals(Cube.SALE, Dimension.DAY, Dimension.ACCOUNT, Dimension.STATUS_GROUP);
    Totals costs = totals(Cube.COST, Dimension.SUPPLIER, Dimension.ROUTE, Dimension.MCC_MNC);
    assertThat(sales.rows()).hasSizeGreaterThan(200);
    assertThat(costs.rows()).hasSizeGreaterThan(30);
    assertThat(sales.months()).hasSize(2);
    // then
    assertThat(assertSales(sales)).isEqualTo(fixture.totals().records());
    assertCosts(costs);

    // when
    StripSteps.strip(fixture, NOVEMBER);
    // then
    Totals after = totals(Cube.SALE, Dimension.DAY, Dimension.ACCOUNT, Dimension.STATUS_GROUP);
    assertThat(after.months())
        .extracting(Totals.MonthRead::owner)
        .containsExactly(Stage.Owner.LIVE, Stage.Owner.ARCHIVE);
    assertThat(after.rows()).hasSameSizeAs(sales.rows());
    assertThat(assertSales(after)).isEqualTo(fixture.totals().records());
    for (int i = 0; i < after.rows().size(); i++) {
      assertThat(after.rows().get(i)).isEqualTo(sales.rows().get(i));
    }
    assertThat(totals(Cube.COST, Dimension.SUPPLIER, Dimension.ROUTE, Dimension.MCC_MNC).rows())
        .isEqualTo(costs.rows());
    assertCosts(costs);
  }

  @Test
  void shouldGoOnBehindTheSamePlaceWhenTheMonthIsStrippedBetweenPages() {
    // given
    CellFilter filter = CellFilter.of(Cube.SALE, FROM, TO).with(Dimension.CURRENCY, "EUR");
    int expected = records(filter, 1000, 100_000).size();
    assertThat(expected).isGreaterThan(60);
    // when
    int found = 0;
    int pages = 0;
    Place place = null;
    do {
      RecordPage page = page(filter, place);
      found += page.records().size();
      place = page.next();
      if (++pages == 6) {
        StripSteps.strip(fixture, NOVEMBER);
      }
    } while (place != null);
    // then
    assertThat(found).isEqualTo(expected);
    assertThat(fixture.catalog.owner(NOVEMBER)).isEqualTo(Stage.Owner.ARCHIVE);
  }

  private RecordPage page(CellFilter filter, @Nullable Place place) {
    return fixture.finder.list(RecordQuery.of(filter), place, 4, 9);
  }

  @Test
  void shouldReadNoMoreThanAPageMayRead() {
    CellFilter none = CellFilter.of(Cube.SALE, FROM, TO).with(Dimension.CHANNEL, "TELEGRAM");
    RecordPage page = fixture.finder.list(RecordQuery.of(none), null, 10, 25);
    assertThat(page.records()).isEmpty();
    assertThat(page.next()).isNotNull();
    assertThat(records(none, 10, 25)).isEmpty();
  }
}
