package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.NUMBER;
import static vellum.core.seal.TestRecords.STARTED;
import static vellum.core.seal.TestRecords.delivered;
import static vellum.core.seal.TestRecords.rated;
import static vellum.core.seal.TestRecords.sms;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.ArchiveMonth;
import vellum.core.period.FoundRecord;
import vellum.core.period.MonthState;
import vellum.core.period.PeriodException;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.period.SuspenseScan;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealFixture;
import vellum.core.seal.TestRecords;
import vellum.core.strip.StrippedOpener;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;

/** Every record finds its owner, whenever it comes: before, during and after the strip. */
final class LateRecordsTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final String OTHER_NUMBER = "+491709999999";

  @TempDir Path directory;

  private static FoundRecord only(ApplyFixture fixture, DetailRecord sent) {
    List<FoundRecord> found = fixture.finder.find(UUID.fromString(sent.getRecordId()));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** A record as anybody can read it without its month's key. */
  static DetailRecord open(FoundRecord record) {
    return record instanceof FoundRecord.Stripped stripped
        ? new StrippedOpener().open(stripped.record(), stripped.id().orElse(null))
        : new RecordOpener().open(((FoundRecord.Sealed) record).record(), Identities.ABSENT, null);
  }

  private static DetailRecord later(long seed, long version) {
    DetailRecord.Builder later = sms(seed, STARTED, OTHER_NUMBER);
    later.getSubmissionBuilder().setVersion(version).setMccMnc("26202");
    return later.build();
  }

  private static CanonicalIdentity person(String number) {
    byte[] value = number.getBytes(StandardCharsets.UTF_8);
    return new CanonicalIdentity().read(IdentifierKind.E164_VALUE, value, 0, value.length);
  }

  @Test
  void shouldTakeMessagesWithoutIdentitiesOnceTheKeyIsDestroyed() {
    try (ApplyFixture fixture = new ApplyFixture(directory);
        StripSteps steps = new StripSteps(fixture, MONTH)) {
      // given
      fixture.send(sms(1), sms(2));
      fixture.apply();
      steps.destroyKey();

      // when
      fixture.send(rated(1, 1, 7), sms(2), sms(3));
      fixture.apply();

      // then
      MonthState state = fixture.totals();
      assertThat(state.records()).isEqualTo(3);
      assertThat(state.updates()).isEqualTo(1);
      assertThat(state.duplicates()).as("a retry without identities says the same").isEqualTo(1);
      assertThat(state.conflicts()).isZero();
      assertThat(only(fixture, sms(3))).isInstanceOf(FoundRecord.Sealed.class);
      DetailRecord third = open(only(fixture, sms(3)));
      assertThat(third.getSubmission().getMccMnc()).isEqualTo("26201");
      assertThat(third.toString()).doesNotContain("170");
      assertThat(fixture.finder.ofSubject(person(NUMBER), null, 10).records()).isEmpty();
    }
  }

  @Test
  void shouldApplyWhatWasSealedBeforeTheKeyWasDestroyed() {
    try (ApplyFixture fixture = new ApplyFixture(directory);
        StripSteps steps = new StripSteps(fixture, MONTH)) {
      // given
      fixture.send(sms(1));
      fixture.apply();
      fixture.send(sms(2));

      // when
      steps.destroyKey();
      fixture.apply();

      // then
      assertThat(fixture.totals().records()).isEqualTo(2);
      assertThat(open(only(fixture, sms(2))).getAccount()).isEqualTo("acct-1");
    }
  }

  @Test
  void shouldCarryOverWhatChangedWhileTheArchiveWasMade() {
    try (ApplyFixture fixture = new ApplyFixture(directory);
        StripSteps steps = new StripSteps(fixture, MONTH)) {
      // given
      fixture.send(sms(1), sms(2), sms(3));
      fixture.apply();
      steps.destroyKey();
      fixture.send(rated(1, 1, 7));
      fixture.apply();
      steps.rewrite();
      fixture.send(rated(2, 1, 8), sms(4), later(3, 2), rated(1, 1, 9));
      fixture.apply();
      ChangeCopy copied = steps.changes();
      assertThat(copied.copy(1)).isPositive();
      fixture.send(rated(4, 1, 10));
      fixture.apply();
      MonthState live = fixture.totals();

      // when
      steps.switchOver().join();

      // then
      assertThat(fixture.catalog.owner(MONTH)).isEqualTo(Stage.Owner.ARCHIVE);
      assertThat(fixture.totals()).isEqualTo(live.at(fixture.journal.forced()));
      assertThat(live.records()).isEqualTo(4);
      assertThat(live.conflicts()).isEqualTo(1);
      assertThat(open(only(fixture, sms(1))).getRating().getSalePriceNanos()).isEqualTo(7);
      assertThat(open(only(fixture, sms(2))).getRating().getSalePriceNanos()).isEqualTo(8);
      assertThat(open(only(fixture, sms(3))).getSubmission().getMccMnc()).isEqualTo("26202");
      assertThat(open(only(fixture, sms(4))).getRating().getSalePriceNanos()).isEqualTo(10);
      assertThat(suspended(fixture)).isEqualTo(1);
    }
  }

  private static int suspended(ApplyFixture fixture) {
    int count = 0;
    try (RecordStore.Hold hold = fixture.months.hold(MONTH);
        SuspenseScan scan = ((ArchiveMonth) hold.month()).suspense().scan()) {
      while (scan.next()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void shouldFindItsRecordAfterTheStrip() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      fixture.send(sms(1), delivered(1, 3), sms(2));
      fixture.apply();
      StripSteps.strip(fixture, MONTH);

      // when
      fixture.send(sms(1), delivered(1, 3), rated(1, 1, 7), delivered(1, 2), sms(5));
      fixture.send(rated(1, 1, 8), rated(2, 1, 9));
      fixture.apply();

      // then
      MonthState state = fixture.totals();
      assertThat(state.records()).isEqualTo(3);
      assertThat(state.duplicates()).isEqualTo(2);
      assertThat(state.stale()).isEqualTo(1);
      assertThat(state.conflicts()).isEqualTo(1);
      assertThat(suspended(fixture)).isEqualTo(1);
      FoundRecord first = only(fixture, sms(1));
      assertThat(first).isInstanceOf(FoundRecord.Stripped.class);
      assertThat(first.id()).contains(UUID.fromString(sms(1).getRecordId()));
      assertThat(open(first).getRating().getSalePriceNanos()).isEqualTo(7);
      assertThat(open(first).getStartedAt())
          .isEqualTo(TestRecords.timestamp(STARTED.truncatedTo(ChronoUnit.SECONDS)));
      assertThat(open(only(fixture, sms(5))).toString()).doesNotContain("170");
    }
  }

  @Test
  void shouldApplyToTheArchiveWhatWasForcedBeforeTheSwitch() {
    try (ApplyFixture fixture = new ApplyFixture(directory);
        StripSteps steps = new StripSteps(fixture, MONTH)) {
      // given
      fixture.send(sms(1));
      fixture.apply();
      steps.destroyKey();
      steps.rewrite();
      fixture.send(rated(1, 1, 7));

      // when
      steps.switchOver().join();
      fixture.apply();

      // then
      assertThat(open(only(fixture, sms(1))).getRating().getSalePriceNanos()).isEqualTo(7);
      assertThat(fixture.totals().updates()).isEqualTo(1);
    }
  }

  @Test
  void shouldLeaveTheLiveMonthItsOwnerWhenTheArchiveDiffers() {
    try (ApplyFixture fixture = new ApplyFixture(directory);
        StripSteps steps = new StripSteps(fixture, MONTH)) {
      // given
      fixture.send(sms(1));
      fixture.apply();
      steps.destroyKey();
      steps.rewrite();
      ArchiveMonth archive =
          (ArchiveMonth) fixture.months.holdAs(MONTH, Stage.Owner.ARCHIVE).month();
      archive.take(archive.batch(), MonthState.ofRows(2));

      // when, then
      assertThatThrownBy(() -> steps.switchOver().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ApplyException.ArchiveDiffers.class)
          .hasMessageContaining("2 records");
      assertThat(fixture.catalog.owner(MONTH)).isEqualTo(Stage.Owner.LIVE);
      fixture.send(rated(1, 1, 7));
      fixture.apply();
      assertThat(open(only(fixture, sms(1))).getRating().getSalePriceNanos()).isEqualTo(7);
    }
  }

  @Test
  void shouldNeitherReviveNorLoseWhenReplayingAfterACrash() {
    Path copy = directory.resolve("copy");
    MonthState before;
    try (ApplyFixture fixture = new ApplyFixture(directory.resolve("data"))) {
      // given: nothing of the floor is written, so that all of the journal is replayed
      fixture.send(sms(1), sms(2));
      fixture.apply();
      StripSteps.strip(fixture, MONTH);
      fixture.send(rated(1, 1, 7), sms(3));
      fixture.apply();
      before = fixture.totals();
      ApplyFixture.copy(directory.resolve("data"), copy);
    }

    // when
    try (ApplyFixture fixture = new ApplyFixture(copy)) {
      assertThat(fixture.applier.floor()).isZero();
      fixture.apply();

      // then
      assertThat(fixture.totals()).isEqualTo(before);
      assertThat(fixture.catalog.owner(MONTH)).isEqualTo(Stage.Owner.ARCHIVE);
      assertThat(open(only(fixture, sms(1))).getRating().getSalePriceNanos()).isEqualTo(7);
    }
  }

  @Test
  void shouldArchiveFromTheStartWhatComesAfterItsDeadline() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      Instant old = Instant.parse("2023-03-05T10:00:00.5Z");
      MonthId month = MonthId.parse("2023-03.default");

      // when
      fixture.send(sms(1, old, NUMBER).build(), sms(2, old, NUMBER).build());
      fixture.send(sms(1, old, NUMBER).build());
      fixture.apply();

      // then
      assertThat(fixture.keys.destroyed(month)).isTrue();
      assertThat(fixture.catalog.entry(month).orElseThrow().stage()).isEqualTo(Stage.ARCHIVED);
      assertThat(directory.resolve("live/2023-03.default")).doesNotExist();
      assertThat(directory.resolve("archive/2023.default/03")).isDirectory();
      assertThat(fixture.totals().records()).isEqualTo(2);
      assertThat(fixture.totals().duplicates()).isEqualTo(1);
      assertThat(open(only(fixture, sms(1, old, NUMBER).build())).toString()).doesNotContain("170");
    }
    try (ApplyFixture again = new ApplyFixture(directory)) {
      assertThat(again.totals().records()).isEqualTo(2);
    }
  }

  @Test
  void shouldDropAndCountMessagesOfAMonthThatExpiredMeanwhile() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      fixture.send(sms(1));
      fixture.apply();
      StripSteps.strip(fixture, MONTH);
      fixture.send(rated(1, 1, 7), sms(2));

      // when
      StripSteps steps = new StripSteps(fixture, MONTH);
      fixture.applier.between(position -> steps.move(Stage.EXPIRING));
      fixture.apply();

      // then
      assertThat(fixture.applier.progress().expired()).isEqualTo(2);
      assertThat(fixture.applier.progress().sequence()).isEqualTo(fixture.journal.forced());
      fixture.flusher.flushAll();
      assertThat(fixture.applier.floor()).isEqualTo(fixture.journal.forced());
      assertThat(fixture.finder.find(UUID.fromString(sms(1).getRecordId()))).isEmpty();
      assertThat(fixture.months.months()).isEmpty();
      assertThatThrownBy(() -> fixture.months.hold(MONTH))
          .isInstanceOf(PeriodException.Gone.class)
          .hasMessageContaining("2026-11.default is EXPIRING");
      assertThat(fixture.months.closeWhenUnused(MONTH, Stage.Owner.ARCHIVE)).isTrue();
      assertThat(fixture.seal.seal(sms(3)).rejected()).hasSize(1);
    }
  }

  @Test
  void shouldDropWhatComesWhenTheSecretOfItsYearIsGone() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      fixture.send(sms(1));
      fixture.apply();
      StripSteps.strip(fixture, MONTH);
      fixture.send(rated(1, 1, 7));
      fixture.apply();
      fixture.send(sms(2));

      // when
      fixture.keys.destroy(MONTH.year(), SealFixture.NOW);
      fixture.apply();

      // then
      assertThat(fixture.applier.progress().expired()).isEqualTo(1);
      assertThat(fixture.totals().updates()).isEqualTo(1);
    }
  }

  @Test
  void shouldCloseTheLiveMonthOnlyWhenNobodyHoldsIt() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      fixture.send(sms(1));
      fixture.apply();
      RecordStore.Hold reader = fixture.months.hold(MONTH);
      assertThatThrownBy(() -> fixture.months.closeWhenUnused(MONTH, Stage.Owner.LIVE))
          .isInstanceOf(IllegalStateException.class);
      StripSteps.strip(fixture, MONTH);

      // when, then
      assertThat(fixture.months.closeWhenUnused(MONTH, Stage.Owner.LIVE)).isFalse();
      assertThat(reader.month().state().records()).isEqualTo(1);
      reader.close();
      assertThat(fixture.months.closeWhenUnused(MONTH, Stage.Owner.LIVE)).isTrue();
      try (RecordStore.Hold now = fixture.months.hold(MONTH)) {
        assertThat(now.month().owner()).isEqualTo(Stage.Owner.ARCHIVE);
      }
    }
  }

  @Test
  void shouldFlushUpToWhatIsAskedFor() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      fixture.send(sms(1));
      fixture.apply();
      long position = fixture.journal.forced();
      assertThat(fixture.flusher.doWork()).isZero();

      // when
      fixture.flusher.flushUpTo(position);
      fixture.flusher.doWork();

      // then
      assertThat(fixture.applier.floor()).isEqualTo(position);
    }
  }

  @Test
  void shouldRunTasksOneByOneInTheirOrder() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      List<String> run = new ArrayList<>();
      fixture.applier.between(position -> run.add("first"));
      CompletableFuture<Void> second = fixture.applier.between(position -> run.add("second"));
      // when
      fixture.applier.doWork();
      // then
      assertThat(run).containsExactly("first");
      assertThat(second).isNotDone();
      fixture.applier.doWork();
      assertThat(run).containsExactly("first", "second");
      assertThat(second).isCompleted();
    }
  }
}
