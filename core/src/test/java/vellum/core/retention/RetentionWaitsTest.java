package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.Sha256;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.TestRecords;
import vellum.core.seal.TestUsage;
import vellum.v1.DetailRecord;

/** What retention waits for, and what waits for nothing. */
final class RetentionWaitsTest {

  private static final MonthId MONTH = StripRig.MONTH;
  private static final Instant YEAR_END = Instant.parse("2037-01-01T00:00:00Z");

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

  private static String blocked(StripRig rig, MonthId month) {
    return rig.worker.status().periods().stream()
        .filter(one -> one.month().equals(month))
        .map(one -> String.valueOf(one.blocked()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldEndKeyOnTimeThoughBatchHangsOnItsWayToTheJournal() {
    try (StripRig rig = applied()) {
      // given
      SealEpochs.Ticket hanging = rig.epochs.enter();
      rig.moveTo(StripRig.DEADLINE);
      // when
      rig.worker.doWork();
      // then
      assertThat(rig.keys.destroyed(MONTH)).isTrue();
      work(rig, 20);
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.KEY_DESTROYED);
      assertThat(blocked(rig, MONTH)).contains("on their way to the journal");
      // when
      hanging.close();
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldStoreNoCertificateBeforeItsEntryInTheAuditTrail() {
    try (StripRig rig = applied()) {
      // given
      rig.isAuditFull = true;
      rig.moveTo(StripRig.DEADLINE);
      // when
      rig.settle();
      // then: the key died on time, and the last stage waits
      assertThat(rig.keys.destroyed(MONTH)).isTrue();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.BACKUPS_REWRITTEN);
      assertThat(blocked(rig, MONTH)).contains("audit trail cannot be written");
      assertThat(rig.certificates.all()).isEmpty();
      // when
      rig.isAuditFull = false;
      work(rig, 200);
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.certificates.all()).hasSize(1);
      assertThat(rig.trail.page(0, 10))
          .extracting(one -> new String(one.line(), StandardCharsets.UTF_8))
          .singleElement()
          .asString()
          .contains("\"event\":\"RECORDS_STRIPPED\"")
          .contains("\"who\":\"vellum\"")
          .contains("\"about\":\"" + MONTH + "\"")
          .contains(Sha256.hex(rig.certificates.all().get(0).cms()));
    }
  }

  @Test
  void shouldNotRewriteBeforeBatchIsWrittenThatNotesNoChanges() {
    try (StripRig rig = applied()) {
      // given a batch that is about to be written, and does not note what it changes
      List<DetailRecord> updates = traffic.ratings(2, 2, 5_000);
      List<Stage> reached = new ArrayList<>();
      rig.send(updates);
      rig.beforeWrite =
          () -> {
            rig.beforeWrite = () -> {};
            rig.moveTo(StripRig.DEADLINE);
            for (int i = 0; i < 20; i++) {
              rig.worker.doWork();
              rig.flusher.doWork();
              rig.journal.appender().doWork();
              rig.journal.forcer().doWork();
            }
            reached.add(rig.stage(MONTH));
          };
      // when
      rig.pump();
      rig.settle();
      // then
      assertThat(reached).containsExactly(Stage.KEY_DESTROYED);
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.totals(MONTH).byCurrency())
          .isEqualTo(Traffic.expected(List.of(traffic.records, updates)));
    }
  }

  @Test
  void shouldRemoveYearThatTheApplierHasOpenWithoutAnyTraffic() {
    try (StripRig rig = applied()) {
      // given
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      rig.moveTo(YEAR_END.minusSeconds(60));
      rig.send(traffic.ratings(3, 2, 700));
      rig.pump();
      // when
      rig.moveTo(YEAR_END);
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.months.directories().year(MONTH)).doesNotExist();
      assertThat(rig.keys.destroyed(MONTH.year())).isTrue();
    }
  }

  @Test
  void shouldRemoveUsageMonthThatTheApplierHasOpenAndCountItsEvents() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      MonthId usage = MonthId.usage(YearMonth.of(2026, 11));
      rig.sendUsage(List.of(TestUsage.event(1), TestUsage.event(2)));
      rig.pump();
      assertThat(rig.worker.status().periods()).extracting(one -> one.records()).contains(2L);
      // when
      rig.moveTo(Instant.parse("2029-11-01T00:00:00Z"));
      rig.settle();
      // then
      assertThat(rig.stage(usage)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.months.directories().live(usage)).doesNotExist();
      assertThat(rig.certificates.all())
          .singleElement()
          .satisfies(
              one ->
                  assertThat(StripCrashIT.content(one).records().count())
                      .as("events of " + one.period())
                      .isEqualTo(2));
    }
  }

  @Test
  void shouldKeepSecretOfYearAsLongAsSomebodyReadsIt() {
    try (StripRig rig = applied()) {
      // given
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      RecordStore.Hold reader = rig.months.holdExisting(MONTH).orElseThrow();
      // when
      rig.moveTo(YEAR_END);
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRING);
      assertThat(rig.keys.destroyed(MONTH.year())).isFalse();
      assertThat(rig.months.holdExisting(MONTH)).isEmpty();
      // when
      reader.close();
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRED);
    }
  }

  @Test
  void shouldDropAndCountMessagesOfExpiredYearEvenAfterRestart() {
    try (StripRig rig = applied()) {
      // given messages that are in the journal when the year ends
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      rig.moveTo(YEAR_END.minusSeconds(60));
      rig.send(traffic.ratings(3, 2, 700));
      rig.send(List.of(sms("2026-10-05T10:00:00Z")));
      // when
      rig.moveTo(YEAR_END);
      rig.settle();
      // then
      assertThat(rig.applier.progress().expired()).isPositive();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRED);
    }
    try (StripRig rig = new StripRig(directory, YEAR_END)) {
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.EXPIRED);
      assertThat(rig.months.months()).isEmpty();
      assertThat(rig.months.directories().year(MONTH)).doesNotExist();
      assertThat(rig.takes(sms("2026-11-05T10:00:00Z"))).isFalse();
    }
  }

  @Test
  void shouldGoOnWheneverTheCatalogCanBeWrittenAgain() {
    try (StripRig rig = applied()) {
      // given
      rig.disk.controlFull = true;
      rig.moveTo(StripRig.DEADLINE);
      // when
      rig.worker.doWork();
      // then
      assertThat(rig.keys.destroyed(MONTH)).isTrue();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.LIVE);
      // when every other attempt fails
      for (int i = 0; i < 200; i++) {
        rig.disk.controlFull = i % 2 == 0;
        rig.worker.doWork();
        rig.disk.controlFull = false;
        rig.pump();
      }
      rig.settle();
      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.certificates.all()).hasSize(1);
      assertThat(rig.totals(MONTH).byCurrency())
          .isEqualTo(Traffic.expected(List.of(traffic.records)));
    }
  }
}
