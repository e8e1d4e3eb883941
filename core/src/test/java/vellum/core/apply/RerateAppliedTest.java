package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.billing.SaleCell;
import vellum.core.journal.OwnStreams;
import vellum.core.period.FoundRecord;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.rerating.Rate;
import vellum.core.rerating.RateTable;
import vellum.core.rerating.RerateException;
import vellum.core.rerating.RerateParts;
import vellum.core.rerating.RerateReport;
import vellum.core.rerating.RerateRun;
import vellum.core.rerating.RerateScope;
import vellum.core.rerating.Rerating;
import vellum.core.rerating.RunStore;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealFixture;
import vellum.core.seal.TestRecords;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.strip.StrippedOpener;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Rating;
import vellum.v1.TrafficType;

/** Re-rating from the order to the months, by way of the journal; live months and archived ones. */
final class RerateAppliedTest {

  private static final MonthId OCTOBER = MonthId.parse("2026-10.default");
  private static final Instant FIRST = Instant.parse("2026-10-01T00:00:00Z");
  private static final int RECORDS = 2_600;
  private static final int ANY_FROM = Integer.MIN_VALUE;
  private static final int ANY_TO = Integer.MAX_VALUE;

  @TempDir Path directory;

  private final SealEpochs epochs = new SealEpochs();
  private ApplyFixture fixture;
  private Store control;
  private Rerating rerating;
  private boolean throttled;

  @BeforeEach
  void open() {
    fixture = new ApplyFixture(directory.resolve("data"));
    control =
        fixture.stores.openSynced(
            directory.resolve("runs"), List.of(RunStore.TABLE), StoreOptions.control());
    restart();
  }

  @AfterEach
  void close() {
    control.close();
    fixture.close();
  }

  /** The node's re-rating begins anew, with what is stored. */
  private void restart() {
    OwnStreams streams =
        new OwnStreams(
            fixture.journal, fixture.seal::newSealer, epochs, () -> throttled, System::nanoTime);
    rerating =
        new Rerating(
            new RerateParts(
                fixture.finder,
                fixture.months,
                fixture.seal.calendar,
                streams.open("rerate"),
                new RunStore(control),
                fixture.journal::forced,
                () -> fixture.applier.progress().sequence(),
                () -> SealFixture.NOW));
  }

  private static Rate rate(int line, String mccMnc, int channel, long nanos, String currency) {
    return new Rate(
        line, new Rate.Match("", mccMnc, channel, 0, 0, "", 0), ANY_FROM, ANY_TO, nanos, currency);
  }

  private static RateTable rates() {
    return RateTable.of(
        List.of(
            rate(2, "26201", 0, 12_345_678_901L, "EUR"),
            rate(3, "26202", 0, 7, "USD"),
            rate(4, "26202", Channel.MMS_VALUE, 1_000_000_000L, "USD")));
  }

  private static RerateScope scope(String account, int from, int to) {
    return new RerateScope(List.of(AccountId.of(account)), from, to);
  }

  private static Rerating.Order order(boolean applies) {
    return order(applies, rates(), scope("acct-0", ANY_FROM, ANY_TO));
  }

  private static Rerating.Order order(boolean applies, RateTable rates, RerateScope scope) {
    return new Rerating.Order(rates, new byte[] {(byte) rates.size()}, scope, applies, "a reason");
  }

  /** Records of two accounts over October and November, of four networks and two channels. */
  private static List<DetailRecord> records() {
    List<DetailRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      Instant start = FIRST.plus(Duration.ofSeconds(1_700L * i)).plusNanos(123_456_000);
      DetailRecord.Builder record = record(i, start);
      if (i % 11 == 0) {
        record.clearRating();
      }
      records.add(record.build());
    }
    return records;
  }

  private static DetailRecord.Builder record(int number, Instant start) {
    String account = "acct-" + number % 2;
    DetailRecord.Builder record =
        TestRecords.sms(number, start, TestRecords.NUMBER)
            .setAccount(account)
            .setRecordId(RecordId.derived(start.toEpochMilli(), account, "" + number).toString())
            .setChannel(number % 3 == 0 ? Channel.MMS : Channel.SMS);
    record
        .getSubmissionBuilder()
        .setTrafficType(TrafficType.OTP)
        .setMccMnc("2620" + (1 + number / 2 % 4));
    return record.setRating(
        Rating.newBuilder()
            .setVersion(1 + number % 3)
            .setUnits(number % 7)
            .setSalePriceNanos(1_000L * number)
            .setCostPriceNanos(number % 8 == 2 ? 0 : 17)
            .setTaxCode("T1")
            .setCurrency(number / 2 % 4 == 1 ? "USD" : "EUR"));
  }

  private void sendAll(List<DetailRecord> records) {
    for (int from = 0; from < records.size(); from += 200) {
      fixture.send(records.subList(from, Math.min(records.size(), from + 200)));
    }
    fixture.apply();
  }

  private void drain() {
    while (fixture.journal.appender().doWork() + fixture.journal.forcer().doWork() > 0) {
      // Until both have nothing left.
    }
  }

  private RerateRun run(Rerating.Order order) {
    return finish(rerating.start(order).id());
  }

  private RerateRun finish(String id) {
    for (int i = 0; i < 10_000 && !rerating.run(id).orElseThrow().isOver(); i++) {
      step();
    }
    return rerating.run(id).orElseThrow();
  }

  private void step() {
    rerating.doWork();
    drain();
    fixture.apply();
  }

  /** Amounts of the sale cube by currency, channel and network. */
  private Map<String, BigInteger> amounts() {
    Map<String, BigInteger> sums = new TreeMap<>();
    for (MonthId month : fixture.months.months()) {
      try (RecordStore.Hold hold = fixture.months.hold(month)) {
        hold.month()
            .cells(
                CellRange.all(Cube.SALE),
                (key, offset, length, measures) -> {
                  SaleCell cell = SaleCell.decode(key, offset, length);
                  sums.merge(
                      cell.currency() + " " + cell.channel() + " " + cell.mccMnc(),
                      measures.amount().value(),
                      BigInteger::add);
                });
      }
    }
    return sums;
  }

  private static void addDifferences(Map<String, BigInteger> amounts, RerateReport report) {
    for (RerateReport.Group group : report.groups()) {
      amounts.merge(
          group.currency() + " " + group.channel() + " " + group.mccMnc(),
          group.differenceNanos(),
          BigInteger::add);
    }
  }

  private List<DetailRecord> ratings(String account) {
    List<DetailRecord> all = new ArrayList<>();
    for (FoundRecord found :
        fixture.finder.list(AccountId.of(account), 0, Long.MAX_VALUE / 4, null, 10_000).records()) {
      all.add(
          found instanceof FoundRecord.Sealed sealed
              ? new RecordOpener().open(sealed.record(), Identities.ABSENT, null)
              : new StrippedOpener().open(((FoundRecord.Stripped) found).record()));
    }
    return all;
  }

  @Test
  void shouldMoveTotalsByExactlyWhatItShowed() {
    // given
    sendAll(records());
    StripSteps.strip(fixture, OCTOBER);
    Map<String, BigInteger> expected = amounts();

    // when
    RerateRun dry = run(order(false));

    // then
    assertThat(dry.state()).as(dry.trouble()).isEqualTo(RerateRun.State.DONE);
    assertThat(amounts()).isEqualTo(expected);
    RerateReport report = dry.report();
    assertThat(report.read()).isEqualTo(RECORDS / 2);
    assertThat(report.unrated()).isEqualTo(119);
    assertThat(report.unmatched()).isBetween(500L, 700L);
    assertThat(report.otherCurrency()).isZero();
    assertThat(report.changed()).isBetween(500L, 700L);
    assertThat(report.matched() + report.unmatched() + report.unrated()).isEqualTo(RECORDS / 2);

    // when
    RerateRun run = run(order(true));

    // then
    assertThat(run.state()).as(run.trouble()).isEqualTo(RerateRun.State.DONE);
    assertThat(run.report()).isEqualTo(report);
    assertThat(run.applied().records()).isEqualTo(report.changed());
    assertThat(run.applied().differences()).isEqualTo(report.differences());
    addDifferences(expected, report);
    assertThat(amounts()).isEqualTo(expected);
    assertThat(fixture.totals().conflicts()).isZero();
    assertCellsFollowFromRows();
  }

  private void assertCellsFollowFromRows() {
    for (MonthId month : fixture.months.months()) {
      try (RecordStore.Hold hold = fixture.months.hold(month)) {
        Map<String, BigInteger> cells = new TreeMap<>();
        hold.month()
            .cells(
                CellRange.all(Cube.SALE),
                (key, offset, length, measures) ->
                    cells.merge(
                        SaleCell.decode(key, offset, length).toString(),
                        measures.amount().value(),
                        BigInteger::add));
        Map<String, BigInteger> rows = new TreeMap<>();
        hold.month()
            .recomputedCells()
            .forEach(
                CellRange.all(Cube.SALE),
                (key, offset, length, measures) ->
                    rows.merge(
                        SaleCell.decode(key, offset, length).toString(),
                        measures.amount().value(),
                        BigInteger::add));
        cells.values().removeIf(amount -> amount.signum() == 0);
        rows.values().removeIf(amount -> amount.signum() == 0);
        assertThat(cells).as(month.toString()).isEqualTo(rows);
      }
    }
  }

  @Test
  void shouldGiveTheNextVersionAndKeepTheRest() {
    DetailRecord before = record(0, FIRST.plusSeconds(5)).build();
    DetailRecord.Builder other = record(8, Instant.parse("2026-11-05T10:00:00.5Z"));
    other.getRatingBuilder().setUnits(3).setVersion(41);
    fixture.send(before.toBuilder().setRating(before.getRating().toBuilder().setUnits(2)).build());
    fixture.send(other.build());
    fixture.apply();
    StripSteps.strip(fixture, OCTOBER);

    RerateRun run = run(order(true));

    assertThat(run.applied().records()).isEqualTo(2);
    assertThat(ratings("acct-0"))
        .extracting(DetailRecord::getRating)
        .containsExactly(
            before.getRating().toBuilder()
                .setVersion(2)
                .setUnits(2)
                .setSalePriceNanos(24_691_357_802L)
                .setRatePlanVersion("rerate-1")
                .setRatedAt(TestRecords.timestamp(SealFixture.NOW))
                .build(),
            other.getRating().toBuilder()
                .setVersion(42)
                .setSalePriceNanos(37_037_036_703L)
                .setRatePlanVersion("rerate-1")
                .setRatedAt(TestRecords.timestamp(SealFixture.NOW))
                .build());
  }

  @Test
  void shouldChangeNothingTheSecondTime() {
    sendAll(records().subList(0, 300));
    run(order(true));
    long appended = fixture.journal.appended();

    RerateRun again = run(order(true));

    assertThat(again.id()).isEqualTo("rerate-2");
    assertThat(again.state()).isEqualTo(RerateRun.State.DONE);
    assertThat(again.report().changed()).isZero();
    assertThat(again.report().differences().values()).allMatch(nanos -> nanos.signum() == 0);
    assertThat(again.applied().records()).isZero();
    assertThat(fixture.journal.appended()).isEqualTo(appended);
  }

  /** Broken off behind a batch that is durable, and before one that is noted and was not sent. */
  @Test
  void shouldGoOnWhereItWasBrokenOff() {
    // given
    sendAll(records());
    Map<String, BigInteger> expected = amounts();
    RerateReport report = run(order(false)).report();
    String id = rerating.start(order(true)).id();
    while (rerating.run(id).orElseThrow().applied().records() == 0) {
      step();
    }
    throttled = true;
    for (int i = 0; i < 5; i++) {
      step();
    }
    assertThat(rerating.run(id).orElseThrow().trouble())
        .isEqualTo("the applier is behind the journal");

    // when
    throttled = false;
    restart();
    RerateRun broken = rerating.run(id).orElseThrow();
    RerateRun done = run(order(true));

    // then
    assertThat(broken.state()).isEqualTo(RerateRun.State.INTERRUPTED);
    assertThat(broken.applied().records()).isPositive().isLessThan(report.changed() + 1);
    assertThat(done.id()).isEqualTo(id);
    assertThat(done.state()).as(done.trouble()).isEqualTo(RerateRun.State.DONE);
    assertThat(done.report()).isEqualTo(report);
    assertThat(done.applied().records()).isEqualTo(report.changed());
    assertThat(done.applied().differences()).isEqualTo(report.differences());
    addDifferences(expected, report);
    assertThat(amounts()).isEqualTo(expected);
    assertThat(fixture.totals().conflicts()).isZero();
    restart();
    assertThat(rerating.run(id).orElseThrow().state()).isEqualTo(RerateRun.State.DONE);
    assertThat(rerating.run(id).orElseThrow().report()).isEqualTo(report);
  }

  /**
   * What was read live, and what is on its way, comes right when the month is archived meanwhile.
   */
  @Test
  void shouldComeRightWhenAMonthIsSwitchedInBetween() {
    // given
    sendAll(records());
    Map<String, BigInteger> expected = amounts();
    RerateReport report = run(order(false)).report();
    String id = rerating.start(order(true)).id();
    try (StripSteps strip = new StripSteps(fixture, OCTOBER)) {
      while (rerating.run(id).orElseThrow().state() != RerateRun.State.APPLYING) {
        step();
      }
      strip.destroyKey();
      rerating.doWork();
      drain();
      strip.rewrite();

      // when
      long before = fixture.applier.progress().sequence();
      var switched = fixture.applier.between(strip.task());
      fixture.applier.doWork();
      switched.join();
      assertThat(fixture.journal.forced()).isGreaterThan(before);
    }
    RerateRun done = finish(id);

    // then
    assertThat(done.state()).as(done.trouble()).isEqualTo(RerateRun.State.DONE);
    try (RecordStore.Hold hold = fixture.months.hold(OCTOBER)) {
      assertThat(hold.month().owner()).isEqualTo(Stage.Owner.ARCHIVE);
    }
    addDifferences(expected, report);
    assertThat(amounts()).isEqualTo(expected);
    assertCellsFollowFromRows();
    assertThat(run(order(false)).report().changed()).isZero();
  }

  @Test
  void shouldLeaveOtherAccountsAndDays() {
    sendAll(records());
    List<DetailRecord> others = ratings("acct-1");
    int tenth = (int) (FIRST.getEpochSecond() / 86_400) + 9;

    RerateRun run = run(order(true, rates(), scope("acct-0", tenth, tenth + 1)));

    assertThat(run.report().read()).isBetween(24L, 27L);
    assertThat(ratings("acct-1")).isEqualTo(others);
    assertThat(ratings("acct-0"))
        .filteredOn(record -> record.getRating().getRatePlanVersion().equals("rerate-1"))
        .hasSize((int) run.report().changed())
        .allMatch(record -> record.getStartedAt().getSeconds() / 86_400 == tenth);
  }

  @Test
  void shouldChangeNothingWhenOneRecordCannotBePriced() {
    sendAll(records().subList(0, 100));
    Map<String, BigInteger> before = amounts();

    RerateRun two =
        run(
            order(
                true,
                RateTable.of(
                    List.of(
                        rate(2, "26201", 0, 1, "EUR"), rate(3, "", Channel.MMS_VALUE, 2, "EUR"))),
                scope("acct-0", ANY_FROM, ANY_TO)));
    RerateRun large =
        run(
            order(
                true,
                RateTable.of(List.of(rate(2, "", 0, Long.MAX_VALUE / 2, "EUR"))),
                scope("acct-0", ANY_FROM, ANY_TO)));

    assertThat(two.state()).isEqualTo(RerateRun.State.FAILED);
    assertThat(two.trouble()).contains("lines 2 and 3").endsWith("; nothing was changed");
    assertThat(large.trouble()).contains("line 2").endsWith("; nothing was changed");
    assertThat(amounts()).isEqualTo(before);
    assertThat(rerating.runs()).hasSize(2);
  }

  @Test
  void shouldLeaveRecordsOfWhichARatingStandsInSuspense() {
    DetailRecord record = record(8, FIRST.plusSeconds(5)).build();
    DetailRecord other = record(16, FIRST.plusSeconds(6)).build();
    DetailRecord conflict =
        record.toBuilder()
            .clearSubmission()
            .setRating(record.getRating().toBuilder().setSalePriceNanos(99))
            .build();
    fixture.send(record, other);
    fixture.send(conflict);
    fixture.apply();

    RerateReport live = run(order(false)).report();
    StripSteps.strip(fixture, OCTOBER);
    fixture.send(conflict);
    RerateRun archived = run(order(true));

    assertThat(live.suspended()).isEqualTo(1);
    assertThat(live.changed()).isEqualTo(1);
    assertThat(archived.report()).isEqualTo(live);
    assertThat(archived.applied().records()).isEqualTo(1);
    assertThat(ratings("acct-0"))
        .extracting(found -> found.getRating().getRatePlanVersion())
        .containsExactly("", "rerate-1");
  }

  @Test
  void shouldDoOneRunAtATime() {
    sendAll(records().subList(0, 10));
    rerating.start(order(false));

    assertThatThrownBy(() -> rerating.start(order(true)))
        .isInstanceOf(RerateException.Busy.class)
        .hasMessageContaining("dry-1");

    finish("dry-1");
    assertThat(run(order(true)).state()).isEqualTo(RerateRun.State.DONE);
    assertThat(rerating.runs()).extracting(RerateRun::id).containsExactly("rerate-1", "dry-1");
  }
}
