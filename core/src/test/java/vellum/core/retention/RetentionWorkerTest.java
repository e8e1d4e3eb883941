package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.crypto.KeyBackups;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.v1.DetailRecord;

final class RetentionWorkerTest {

  private static final MonthId MONTH = StripRig.MONTH;

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(1, 300);

  private StripRig applied() {
    StripRig rig = new StripRig(directory);
    rig.send(traffic.records);
    rig.pump();
    return rig;
  }

  @Test
  void shouldStripMonthAndCertifyItOnce() {
    try (StripRig rig = applied()) {
      // given
      Totals before = rig.totals(MONTH);
      rig.backups.add(
          new KeyBackups.Backup("b", directory.resolve("backup"), directory.resolve("bk")));
      // when
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.totals(MONTH)).isEqualTo(before);
      assertThat(before.byCurrency()).isEqualTo(Traffic.expected(List.of(traffic.records)));
      assertThat(rig.certificates.all())
          .singleElement()
          .satisfies(one -> assertThat(one.event()).isEqualTo(ErasureCertificate.Kind.STRIP));
      Evidence evidence = rig.evidence.find(MONTH, ErasureCertificate.Kind.STRIP).orElseThrow();
      assertThat(evidence.rewritten().records()).isEqualTo(300);
      assertThat(evidence.rewritten().totalsDigest()).isEqualTo(before.digest());
      assertThat(evidence.removed().listed())
          .anyMatch(file -> file.name().startsWith("live/2026-11.default/"));
      assertThat(evidence.backups()).singleElement().matches(Evidence.BackupEnd::rewritten);
      assertThat(rig.space.reservedBytes()).isZero();
    }
  }

  @Test
  void shouldKeepKeyToTheLastInstantBeforeTheDeadline() {
    try (StripRig rig = applied()) {
      rig.moveTo(StripRig.DEADLINE.minusNanos(1_000));
      rig.settle();
      assertThat(rig.keys.existing(MONTH)).isPresent();
      rig.moveTo(StripRig.DEADLINE);
      rig.worker.doWork();
      assertThat(rig.keys.existing(MONTH)).isEmpty();
      assertThat(rig.keys.destroyed(MONTH)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1H", "PT1H", "PT-8760H", "PT8760H", "PT87600H"})
  void shouldEraseNothingBeforeItsDeadlineWhateverTheWallClockDoes(String jump) {
    try (StripRig rig = applied()) {
      // given
      rig.moveTo(StripRig.DEADLINE.minus(Duration.ofMinutes(30)));
      // when the wall clock jumps alone, and time goes on until shortly before the deadline
      rig.wall = rig.wall.plus(Duration.parse(jump));
      for (int minute = 0; minute < 29; minute++) {
        rig.moveTo(rig.wall.plus(Duration.ofMinutes(1)));
        rig.worker.doWork();
        rig.pump();
      }
      // then
      assertThat(rig.keys.existing(MONTH)).isPresent();
      assertThat(rig.stage(MONTH)).isLessThanOrEqualTo(Stage.COPYING_HOLDS);
      assertThat(rig.worker.status().clock().isTrusted()).isFalse();
      // when an operator confirms a clock that is right again
      rig.wall = rig.wall.minus(Duration.parse(jump)).plus(Duration.ofMinutes(1));
      rig.guardNanos.addAndGet(Duration.ofMinutes(1).toNanos());
      rig.clock.confirm("operator", "the time server was wrong");
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "boot-1, PT1H, false",
    "boot-1, PT3H, false",
    "boot-1, PT-1H, false",
    "boot-1, PT8760H, false",
    "boot-2, PT1H, true",
    "boot-2, PT3H, true",
    "boot-2, PT-1H, false",
    "boot-2, PT8760H, false"
  })
  void shouldEraseNothingBeforeItsDeadlineWhenTheWallClockIsWrongAfterARestart(
      String boot, String jump, boolean isTrusted) {
    // given: stopped or killed half an hour before the deadline
    AtomicReference<Uptime> uptime =
        new AtomicReference<>(new Uptime("boot-1", 1_000_000_000_000L));
    Instant stopped = StripRig.DEADLINE.minus(Duration.ofMinutes(30));
    try (StripRig rig = new StripRig(directory, StripRig.NOW, () -> Optional.of(uptime.get()))) {
      rig.send(traffic.records);
      rig.pump();
      rig.moveTo(stopped);
      rig.settle();
    }
    // when
    Instant wrong = stopped.plusSeconds(1).plus(Duration.parse(jump));
    uptime.set(new Uptime(boot, 1_001_000_000_000L));
    try (StripRig rig = new StripRig(directory, wrong, () -> Optional.of(uptime.get()))) {
      for (int minute = 0; minute < 29; minute++) {
        rig.moveTo(rig.wall.plus(Duration.ofMinutes(1)));
        rig.worker.doWork();
        rig.pump();
      }
      // then
      assertThat(rig.worker.status().clock().isTrusted()).isEqualTo(isTrusted);
      assertThat(rig.keys.existing(MONTH)).isPresent();
      assertThat(rig.stage(MONTH)).isLessThanOrEqualTo(Stage.COPYING_HOLDS);
      // when an operator confirms a clock that is right again
      rig.wall = StripRig.DEADLINE;
      rig.clock.tick();
      rig.clock.confirm("operator", "the time server was wrong");
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldEndTheKeysOfAllDueMonthsWhileOneIsBeingRewritten() {
    try (StripRig rig = applied()) {
      // given
      MonthId next = MonthId.parse("2026-12.default");
      MonthId after = MonthId.parse("2027-01.default");
      rig.moveTo(Instant.parse("2027-01-20T12:00:00Z"));
      rig.send(List.of(sms("2026-12-05T10:00:00Z"), sms("2027-01-05T10:00:00Z")));
      rig.pump();
      rig.moveTo(StripRig.DEADLINE);
      while (rig.stage(MONTH) != Stage.REWRITING) {
        rig.worker.doWork();
        rig.pump();
      }
      rig.worker.doWork();
      assertThat(rig.keys.existing(next)).isPresent();
      // when
      rig.moveTo(Instant.parse("2028-02-01T00:00:00Z"));
      rig.worker.doWork();
      // then
      assertThat(rig.keys.existing(next)).isEmpty();
      assertThat(rig.keys.existing(after)).isEmpty();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.REWRITING);
      rig.settle();
      assertThat(rig.stage(next)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.stage(after)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.certificates.all()).hasSize(3);
    }
  }

  private static DetailRecord sms(String start) {
    return vellum.core.seal.TestRecords.sms(1, Instant.parse(start), "+4915112345678").build();
  }

  @Test
  void shouldRefuseTheKeyOnTimeOnFullDiskAndGoOnLater() {
    try (StripRig rig = applied()) {
      rig.moveTo(StripRig.DEADLINE);
      // when
      rig.disk.full = true;
      rig.worker.doWork();
      // then
      assertThat(rig.keys.existing(MONTH)).isEmpty();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.LIVE);
      assertThat(rig.worker.status().periods())
          .singleElement()
          .satisfies(month -> assertThat(month.blocked()).isNotNull());
      // when
      rig.disk.full = false;
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.totals(MONTH).byCurrency())
          .isEqualTo(Traffic.expected(List.of(traffic.records)));
    }
  }

  @Test
  void shouldAdvanceStageOfTombstoneThatWasThereBeforeTheCatalogKnew() {
    try (StripRig rig = applied()) {
      rig.moveTo(StripRig.DEADLINE);
      rig.keys.destroy(MONTH, StripRig.DEADLINE);
    }
    try (StripRig rig = new StripRig(directory, StripRig.DEADLINE)) {
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.LIVE);
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldWaitForRoomWithTheKeyGone() {
    try (StripRig rig = applied()) {
      // given
      rig.disk.usable = SpacePlan.MARGIN_BYTES - 1;
      // when
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      // then
      assertThat(rig.keys.destroyed(MONTH)).isTrue();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.DRAINED);
      assertThat(rig.worker.status().periods())
          .singleElement()
          .satisfies(month -> assertThat(month.blocked()).contains("needs").contains("free"))
          .satisfies(month -> assertThat(month.failed()).isFalse());
      assertThat(rig.space.reservedBytes()).isZero();
      // when
      rig.disk.usable = -1;
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldReserveRoomWhileRewriting() {
    try (StripRig rig = applied()) {
      rig.moveTo(StripRig.DEADLINE);
      while (rig.stage(MONTH) != Stage.REWRITING) {
        rig.worker.doWork();
        rig.pump();
      }
      rig.worker.doWork();
      assertThat(rig.space.reservedBytes()).isGreaterThanOrEqualTo(SpacePlan.MARGIN_BYTES);
      assertThat(rig.worker.status().periods().get(0).progress()).isBetween(0.01, 0.99);
    }
  }

  @Test
  void shouldKeepLiveMonthWhenItsArchiveDiffers() {
    try (StripRig rig = applied()) {
      // given
      rig.isCorrupting = true;
      // when
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      // then
      RetentionStatus.Period month = rig.worker.status().periods().get(0);
      assertThat(month.stage()).isEqualTo(Stage.REWRITING);
      assertThat(month.failed()).isTrue();
      assertThat(month.blocked()).contains("differs from its live month").doesNotContain("acct");
      assertThat(rig.months.directories().live(MONTH)).isDirectory();
      assertThat(rig.totals(MONTH).byCurrency())
          .isEqualTo(Traffic.expected(List.of(traffic.records)));
      assertThat(rig.certificates.all()).isEmpty();
    }
    try (StripRig rig = new StripRig(directory, StripRig.DEADLINE)) {
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldLetHoldThatIsBeingCopiedKeepTheKeyForAnHourAtMost() {
    try (StripRig rig = applied()) {
      rig.holds = (month, deadline) -> false;
      rig.moveTo(StripRig.DEADLINE.minus(Duration.ofDays(1)));
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.COPYING_HOLDS);
      rig.moveTo(StripRig.DEADLINE.plus(Duration.ofMinutes(59)));
      rig.settle();
      assertThat(rig.keys.existing(MONTH)).isPresent();
      assertThat(rig.worker.status().periods().get(0).blocked()).doesNotContainIgnoringCase("hold");
      rig.moveTo(StripRig.DEADLINE.plus(KeyDuty.HOLD_GRACE));
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(new String(rig.certificates.all().get(0).cms(), StandardCharsets.ISO_8859_1))
          .doesNotContain("delay");
    }
  }

  @Test
  void shouldPrepareEveryMonthAlikeSoThatItsStageTellsNothing() {
    try (StripRig rig = applied()) {
      rig.moveTo(StripRig.DEADLINE.minus(KeyDuty.HOLD_LEAD).minusSeconds(1));
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.LIVE);
      rig.moveTo(StripRig.DEADLINE.minus(KeyDuty.HOLD_LEAD));
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.COPYING_HOLDS);
    }
  }

  @Test
  void shouldGiveHoldItsHourWhenTheDeadlinePassedWhileNothingRan() {
    applied().close();
    Instant start = StripRig.DEADLINE.plus(Duration.ofMinutes(90));
    try (StripRig rig = new StripRig(directory, start)) {
      rig.holds = (month, deadline) -> false;
      rig.clock.confirm("operator", "it was off for a year");
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.COPYING_HOLDS);
      rig.moveTo(start.plus(KeyDuty.HOLD_GRACE));
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldMoveTotalsOfArchiveByLateAspects() {
    try (StripRig rig = applied()) {
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      List<DetailRecord> late = traffic.ratings(3, 2, 700);
      rig.send(late);
      rig.pump();
      assertThat(rig.records(MONTH)).isEqualTo(300);
      assertThat(rig.totals(MONTH).byCurrency())
          .isEqualTo(Traffic.expected(List.of(traffic.records, late)));
    }
  }

  @Test
  void shouldRemoveArchiveYearTenYearsAfterItsEnd() {
    try (StripRig rig = applied()) {
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      rig.moveTo(Instant.parse("2036-12-31T23:59:59.999999Z"));
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      // when
      rig.moveTo(Instant.parse("2037-01-01T00:00:00Z"));
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.months.directories().year(MONTH)).doesNotExist();
      assertThat(rig.keys.destroyed(MONTH.year())).isTrue();
      assertThat(rig.certificates.find(MONTH.year(), ErasureCertificate.Kind.EXPIRY)).isPresent();
      assertThat(rig.certificates.all()).hasSize(2);
      assertThat(rig.takes(traffic.records.get(0))).isFalse();
      rig.settle();
      assertThat(rig.certificates.all()).hasSize(2);
    }
  }

  @Test
  void shouldRemoveUsageMonthAndContentDay() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      MonthId usage = MonthId.usage(YearMonth.of(2026, 11));
      MonthId content = MonthId.content(java.time.LocalDate.of(2026, 12, 5));
      for (MonthId period : List.of(usage, content)) {
        rig.keys.key(period);
        rig.months.make(period);
      }
      // when
      rig.moveTo(Instant.parse("2026-12-05T00:00:00Z"));
      rig.settle();
      // then
      assertThat(rig.stage(content)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.months.directories().live(content)).doesNotExist();
      assertThat(rig.stage(usage)).isEqualTo(Stage.LIVE);
      // when
      rig.moveTo(Instant.parse("2029-11-01T00:00:00Z"));
      rig.settle();
      // then
      assertThat(rig.stage(usage)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.keys.destroyed(usage)).isTrue();
      assertThat(rig.certificates.all()).hasSize(2);
    }
  }
}
