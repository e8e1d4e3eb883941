package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.FoundRecord;
import vellum.core.period.MonthState;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealFixture;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Submission;

/** Content apart from its record, from the sealer to the look-up. */
final class ContentApplyTest {

  private static final MonthId TRAFFIC = MonthId.parse("2026-11.default");
  private static final MonthId DAY_22 = MonthId.parse("2026-11.content-22");
  private static final MonthId DAY_25 = MonthId.parse("2026-11.content-25");

  @TempDir Path directory;

  private static DetailRecord message(long version, String reference, String policy) {
    return TestRecords.header(1, TestRecords.STARTED)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(version)
                .setRecipient(TestRecords.party(IdentifierKind.E164, TestRecords.NUMBER))
                .setContentReference(reference)
                .setContentPolicy(policy))
        .build();
  }

  private static Submission open(ApplyFixture fixture) {
    UUID id = UUID.fromString(message(1, "", "").getRecordId());
    FoundRecord found = fixture.finder.find(id).get(0);
    SealedRecord record = ((FoundRecord.Sealed) found).record();
    return new RecordOpener()
        .open(
            record,
            Identities.CLEAR,
            fixture.keys.existing(record.month()).orElseThrow().newCipher(),
            fixture.contents)
        .getSubmission();
  }

  @Test
  void shouldShowContentUntilTheKeyOfItsDayDies() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      DetailRecord message = message(1, "ref-1", "P7D");
      fixture.send(message);
      fixture.apply();

      assertThat(fixture.finder.states().keySet()).containsExactly(DAY_22, TRAFFIC);
      assertThat(open(fixture)).isEqualTo(message.getSubmission());

      fixture.keys.destroy(DAY_22, SealFixture.NOW);

      assertThat(open(fixture))
          .isEqualTo(
              message.getSubmission().toBuilder()
                  .clearContentReference()
                  .clearContentPolicy()
                  .build());
    }
  }

  @Test
  void shouldReplaceContentOnTheSameDayAndMoveItToAnother() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(message(1, "ref-1", "P7D"), message(2, "ref-2", "P7D"));
      fixture.apply();
      assertThat(open(fixture).getContentReference()).isEqualTo("ref-2");

      fixture.send(message(3, "ref-3", "P10D"));
      fixture.apply();
      assertThat(open(fixture).getContentReference()).isEqualTo("ref-3");
      assertThat(fixture.finder.states().keySet()).contains(DAY_22, DAY_25);

      // A version without content hides what there was, until its day.
      fixture.send(message(4, "", ""));
      fixture.apply();
      assertThat(open(fixture).getContentReference()).isEmpty();
      assertThat(fixture.finder.states().get(DAY_25).records()).isEqualTo(1);
    }
  }

  @Test
  void shouldCountARetryAsADuplicateInBothPeriods() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(message(1, "ref-1", "P7D"));
      fixture.send(message(1, "ref-1", "P7D"));
      fixture.apply();

      for (MonthId period : List.of(DAY_22, TRAFFIC)) {
        MonthState state = fixture.finder.states().get(period);
        assertThat(List.of(state.records(), state.duplicates(), state.conflicts()))
            .as(period.toString())
            .containsExactly(1L, 1L, 0L);
      }
    }
  }

  @Test
  void shouldKeepOtherContentOfTheSameVersionAside() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(message(1, "ref-1", "P7D"));
      fixture.send(message(1, "ref-2", "P7D"));
      fixture.apply();

      assertThat(open(fixture).getContentReference()).isEqualTo("ref-1");
      assertThat(fixture.finder.states().get(DAY_22).conflicts()).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeARetryAfterItsContentsDayForADuplicate() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(message(1, "ref-1", "P7D"));
      fixture.apply();

      fixture.keys.destroy(DAY_22, SealFixture.NOW);
      fixture.send(message(1, "ref-1", "P7D"));
      fixture.apply();

      MonthState state = fixture.finder.states().get(TRAFFIC);
      assertThat(List.of(state.duplicates(), state.conflicts())).containsExactly(1L, 0L);
    }
  }

  @Test
  void shouldApplyAReplayOnceInBothPeriods() {
    // given
    Path after = directory.resolve("after");
    try (ApplyFixture fixture = new ApplyFixture(directory.resolve("before"))) {
      fixture.send(message(1, "ref-1", "P7D"));
      fixture.apply();
      // One of the two periods is ahead of the other on the disk.
      try (var held = fixture.months.hold(DAY_22)) {
        held.month().flush();
      }

      // when
      ApplyFixture.copy(directory.resolve("before"), after);
    }

    // then
    try (ApplyFixture fixture = new ApplyFixture(after)) {
      fixture.apply();
      assertThat(open(fixture).getContentReference()).isEqualTo("ref-1");
      fixture
          .finder
          .states()
          .values()
          .forEach(
              state ->
                  assertThat(List.of(state.records(), state.duplicates())).containsExactly(1L, 0L));
    }
  }
}
