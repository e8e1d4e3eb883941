package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.Stage;
import vellum.core.policy.RetentionPolicy;
import vellum.core.record.MonthId;
import vellum.core.seal.KeyedGate;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;

/** When periods fall due, by policy, zone and clock, and what is due at once. */
final class RetentionDeadlinesTest {

  private static final MonthId MONTH = StripRig.MONTH;

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(1, 300);

  private StripRig applied() {
    StripRig rig = new StripRig(directory);
    rig.send(traffic.records);
    rig.pump();
    return rig;
  }

  private static DetailRecord sms(String start) {
    return TestRecords.sms(1, Instant.parse(start), "+4915112345678").build();
  }

  private static void work(StripRig rig, int rounds) {
    for (int i = 0; i < rounds; i++) {
      rig.worker.doWork();
      rig.pump();
    }
  }

  private static String deadline(StripRig rig) {
    return rig.evidence.find(MONTH, ErasureCertificate.Kind.STRIP).orElseThrow().deadline();
  }

  private static String policyOf(StripRig rig) {
    return rig.evidence.find(MONTH, ErasureCertificate.Kind.STRIP).orElseThrow().policy();
  }

  private static RetentionPolicy policy(String identities) {
    return RetentionPolicy.parse(StripRig.DEFAULT_POLICY.formatted(identities));
  }

  @Test
  void shouldSealLateRecordsWhileTheClockIsNotTrusted() {
    try (StripRig rig = applied()) {
      // given
      rig.moveTo(StripRig.DEADLINE.minus(Duration.ofMinutes(30)));
      rig.wall = rig.wall.plus(Duration.ofDays(365));
      rig.clock.tick();
      PeriodGate gate = new KeyedGate(rig.keys, rig.catalog, rig.calendar, rig.clock::erasureNow);
      // when
      work(rig, 20);
      // then
      assertThat(gate.mode(MONTH)).isEqualTo(PeriodGate.Mode.SEAL);
      assertThat(rig.keys.existing(MONTH)).isPresent();
      // when
      rig.clock.confirm("operator", "the machine slept");
      rig.settle();
      // then
      assertThat(gate.mode(MONTH)).isEqualTo(PeriodGate.Mode.STRIP);
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldShowWhatIsOverdueByTheWallClockAsBlockedByTheClock() {
    try (StripRig rig = applied()) {
      // given
      rig.moveTo(StripRig.DEADLINE.minus(Duration.ofDays(30)));
      rig.wall = StripRig.DEADLINE.plus(Duration.ofDays(30));
      // when
      work(rig, 3);
      // then
      RetentionStatus.Period month = statusOf(rig);
      assertThat(rig.keys.existing(MONTH)).isPresent();
      assertThat(month.overdue()).isTrue();
      assertThat(month.blocked())
          .isEqualTo(rig.clock.state().text())
          .startsWith("CLOCK_JUMPED_AHEAD");
      // when
      rig.clock.confirm("operator", "the machine slept");
      rig.settle();
      // then
      assertThat(statusOf(rig).overdue()).isFalse();
      assertThat(statusOf(rig).blocked()).isNull();
    }
  }

  @Test
  void shouldBlameTheClockForNothingThatIsNotDue() {
    try (StripRig rig = applied()) {
      // given
      rig.wall = StripRig.DEADLINE.minus(Duration.ofDays(30));
      // when
      work(rig, 3);
      // then
      assertThat(rig.clock.state().isTrusted()).isFalse();
      assertThat(statusOf(rig).overdue()).isFalse();
      assertThat(statusOf(rig).blocked()).isNull();
    }
  }

  private static RetentionStatus.Period statusOf(StripRig rig) {
    return rig.worker.status().periods().stream()
        .filter(one -> one.month().equals(MONTH))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldErasePerNewPolicyWithoutRestart() {
    try (StripRig rig = applied()) {
      // given
      rig.moveTo(Instant.parse("2027-06-15T00:00:00Z"));
      rig.settle();
      assertThat(rig.keys.existing(MONTH)).isPresent();
      // when lengthened, the old deadline passes
      rig.accept(policy("24 months"));
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      // then
      assertThat(rig.keys.existing(MONTH)).isPresent();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.LIVE);
      // when shortened
      rig.accept(policy("6 months"));
      rig.worker.doWork();
      // then
      assertThat(rig.keys.destroyed(MONTH)).isTrue();
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      // and nobody is said to have broken a rule that was not there yet
      assertThat(deadline(rig)).isEqualTo(StripRig.DEADLINE.toString());
      assertThat(policyOf(rig)).isEqualTo("test-3");
    }
  }

  @Test
  void shouldCertifyLatenessThoughAnotherPolicyWasAcceptedMeanwhile() {
    try (StripRig rig = applied()) {
      // given a month that was due before a policy came that changes nothing for it
      rig.moveTo(StripRig.DEADLINE.plus(Duration.ofDays(3)));
      rig.accept(policy("12 months"));
      // when
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(deadline(rig)).isEqualTo(StripRig.DEADLINE.toString());
      assertThat(policyOf(rig)).isEqualTo("test-1");
    }
  }

  @Test
  void shouldCertifyEndOfYearNotBeforeItsRuleWasAccepted() {
    try (StripRig rig = applied()) {
      // given
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      rig.moveTo(Instant.parse("2030-03-01T00:00:00Z"));
      // when
      rig.accept(
          RetentionPolicy.parse(
              StripRig.DEFAULT_POLICY
                  .formatted("12 months")
                  .replace("traffic: 10 years", "traffic: 2 years")));
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRED);
      Evidence evidence =
          rig.evidence.find(MONTH.year(), ErasureCertificate.Kind.EXPIRY).orElseThrow();
      assertThat(evidence.deadline()).isEqualTo("2030-03-01T00:00:00Z");
      assertThat(evidence.policy()).isEqualTo("test-2");
      assertThat(rig.certificates.all()).hasSize(2);
    }
  }

  @Test
  void shouldCertifyUsageThatHadLostItsKeyWhenThePolicyWasLengthened() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      MonthId usage = MonthId.parse("2026-11.usage");
      String text = StripRig.DEFAULT_POLICY.formatted("12 months");
      rig.calendar.use(RetentionPolicy.parse(text.replace("usage: 36", "usage: 12")));
      rig.keys.key(usage);
      rig.months.make(usage);
      rig.moveTo(Instant.parse("2028-01-01T00:00:00Z"));
      rig.keys.destroy(usage, rig.clock.erasureNow());
      // when
      rig.accept(RetentionPolicy.parse(text));
      rig.settle();
      // then
      assertThat(rig.stage(usage)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.certificates.all()).hasSize(1);
    }
  }

  @Test
  void shouldEndWhatHasBegunToEndThoughThePolicyIsLengthened() {
    try (StripRig rig = applied()) {
      // given a key that is destroyed, and a catalog that could not be told
      rig.disk.controlFull = true;
      rig.moveTo(StripRig.DEADLINE);
      rig.worker.doWork();
      rig.disk.controlFull = false;
      // when
      rig.accept(policy("24 months"));
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(deadline(rig)).isEqualTo(StripRig.DEADLINE.toString());
    }
  }

  @Test
  void shouldEndKeysOfClassInItsZone() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.calendar.use(
          RetentionPolicy.parse(
              StripRig.DEFAULT_POLICY.formatted("12 months")
                  + """
                    - name: brazil
                      zone: America/Sao_Paulo
                      select: {law_country: BR}
                      verified: false
                      source: test
                  """));
      MonthId brazil = MonthId.parse("2026-11.brazil");
      rig.keys.key(brazil);
      rig.months.hold(brazil).close();
      // when
      rig.moveTo(Instant.parse("2027-12-01T02:59:59.999999Z"));
      rig.worker.doWork();
      // then
      assertThat(rig.keys.existing(brazil)).isPresent();
      // when
      rig.moveTo(Instant.parse("2027-12-01T03:00:00Z"));
      rig.worker.doWork();
      // then
      assertThat(rig.keys.destroyed(brazil)).isTrue();
    }
  }

  @Test
  void shouldRemoveMonthThatWasBornArchivedWithItsYear() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.moveTo(StripRig.DEADLINE);
      rig.send(List.of(sms("2026-11-05T10:00:00Z")));
      rig.pump();
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.records(MONTH)).isEqualTo(1);
      assertThat(rig.certificates.all()).isEmpty();
      // when
      rig.moveTo(Instant.parse("2037-01-01T00:00:00Z"));
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.certificates.all())
          .singleElement()
          .satisfies(one -> assertThat(one.period()).isEqualTo(MONTH.year()));
      assertThat(rig.months.directories().year(MONTH)).doesNotExist();
    }
  }

  @Test
  void shouldCertifyMonthWhoseFirstRecordWasSealedButNotAppliedAtItsDeadline() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.send(traffic.records);
      // when
      rig.moveTo(StripRig.DEADLINE);
      rig.worker.doWork();
      // then
      assertThat(rig.keys.destroyed(MONTH)).isTrue();
      assertThat(rig.stage(MONTH)).isNull();
      // when
      rig.pump();
      rig.settle();
      // then
      requireStripped(rig);
    }
  }

  @Test
  void shouldCertifySuchAMonthOverARestartAndWithLateRecords() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.send(traffic.records);
      rig.moveTo(StripRig.DEADLINE);
      rig.worker.doWork();
      rig.send(List.of(sms("2026-11-05T10:00:00Z")));
      assertThat(rig.stage(MONTH)).isNull();
    }
    try (StripRig rig = new StripRig(directory, StripRig.DEADLINE.plusSeconds(60))) {
      // when
      rig.worker.doWork();
      rig.pump();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.LIVE);
    }
    try (StripRig rig = new StripRig(directory, StripRig.DEADLINE.plusSeconds(120))) {
      rig.settle();
      // then
      requireStripped(rig);
    }
  }

  private static void requireStripped(StripRig rig) {
    assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    assertThat(rig.records(MONTH)).isPositive();
    assertThat(rig.months.directories().live(MONTH)).doesNotExist();
    Evidence evidence = rig.evidence.find(MONTH, ErasureCertificate.Kind.STRIP).orElseThrow();
    assertThat(evidence.rewritten()).isNotNull();
    assertThat(evidence.rewritten().records()).isEqualTo(rig.records(MONTH));
    assertThat(evidence.key().id()).isNotEqualTo("none");
    assertThat(evidence.deadline()).isEqualTo(StripRig.DEADLINE.toString());
    assertThat(rig.certificates.all())
        .singleElement()
        .satisfies(one -> assertThat(one.event()).isEqualTo(ErasureCertificate.Kind.STRIP));
  }

  @Test
  void shouldStripThirtyMonthsThatFallDueAtOnce() {
    List<MonthId> due = new ArrayList<>();
    try (StripRig rig = new StripRig(directory)) {
      // given
      YearMonth month = YearMonth.of(2026, 11);
      for (int i = 0; i < 30; i++, month = month.plusMonths(1)) {
        Instant start = month.atDay(21).atStartOfDay().toInstant(ZoneOffset.UTC);
        rig.moveTo(start.plusSeconds(60));
        rig.send(List.of(sms(start.toString())));
        due.add(MonthId.parse(month + ".default"));
      }
      rig.pump();
      rig.moveTo(Instant.parse("2030-06-01T00:00:00Z"));
      // when
      rig.worker.doWork();
      // then
      assertThat(due).allMatch(rig.keys::destroyed);
      // when the applier runs seldom
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < 50; j++) {
          rig.worker.doWork();
        }
        rig.pump();
      }
      rig.settle();
      // then
      assertThat(due).allMatch(one -> rig.stage(one) == Stage.ARCHIVED);
      assertThat(due).allMatch(one -> rig.records(one) == 1);
      assertThat(rig.certificates.all()).hasSize(30);
    }
  }

  @Test
  void shouldStripMonthWithoutRecords() {
    try (StripRig rig = new StripRig(directory)) {
      rig.keys.key(MONTH);
      rig.months.hold(MONTH).close();
    }
    try (StripRig rig = new StripRig(directory)) {
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.records(MONTH)).isZero();
      assertThat(rig.certificates.all()).hasSize(1);
    }
  }
}
