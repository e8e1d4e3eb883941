package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.seal.TestRecords.sms;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.journal.JournalFeed;
import vellum.core.journal.StreamGap;
import vellum.core.journal.StreamGap.Cause;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamProgress;
import vellum.v1.DetailRecord;

/** Gaps in producers' sequences, from the journal into the control store. */
final class GapsTest {

  private static final GapStore.Question ALL = new GapStore.Question(null, 0, Long.MAX_VALUE, 0);

  @TempDir Path directory;

  private static List<StreamGap> gaps(ApplyFixture fixture) {
    return fixture.checkpoint.gaps().list(ALL, GapStore.MAX).gaps();
  }

  private static List<String> text(ApplyFixture fixture) {
    return gaps(fixture).stream()
        .map(gap -> gap.epoch() + ": " + gap.first() + "-" + gap.last() + " " + gap.cause())
        .toList();
  }

  @Test
  void shouldReportWhatWasLeftOutAndWhatAGoodbyeNamed() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // when
      fixture.feed.skip(2);
      fixture.send(sms(1), sms(2));
      fixture.send(sms(3));
      fixture.feed.skip(1);
      fixture.send(sms(4));
      fixture.feed.end(7);
      fixture.feed.end(20);
      fixture.apply();

      // then
      assertThat(text(fixture))
          .containsExactly("1: 1-2 SKIPPED", "1: 6-6 SKIPPED", "1: 8-20 GOODBYE");
      StreamGap first = gaps(fixture).get(0);
      assertThat(first.stream()).isEqualTo(ApplyFixture.STREAM);
      assertThat(first.journalSequence()).isEqualTo(2);
      assertThat(first.foundAtMicros() / 1_000_000)
          .isEqualTo(vellum.core.seal.SealFixture.NOW.getEpochSecond());
      assertThat(first.sequences()).isEqualTo(2);

      // when some of it comes after all
      fixture.feed.skip(2);
      fixture.send(sms(5), sms(6));
      fixture.feed.end(18);
      fixture.feed.end(25);
      fixture.apply();

      // then
      assertThat(text(fixture))
          .containsExactly(
              "1: 1-2 SKIPPED", "1: 6-6 SKIPPED", "1: 12-25 GOODBYE", "1: 8-9 SKIPPED");
      fixture.send(sms(7));
      fixture.feed.skip(14);
      fixture.send(sms(8));
      fixture.apply();
      assertThat(text(fixture))
          .containsExactly(
              "1: 1-2 SKIPPED", "1: 6-6 SKIPPED", "1: 8-9 SKIPPED", "1: 13-26 SKIPPED");
    }
  }

  @Test
  void shouldStartAgainWithANewEpoch() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      fixture.send(sms(1));
      fixture.feed.end(3);
      JournalFeed second = new JournalFeed(fixture.journal, ApplyFixture.STREAM, 2);
      JournalFeed other = new JournalFeed(fixture.journal, new StreamId("other", "one", 1), 7);

      // when
      second.send(fixture.seal.seal(sms(2), sms(3), sms(4)));
      second.skip(4);
      second.send(fixture.seal.seal(sms(5)));
      other.skip(9);
      other.send(fixture.seal.seal(sms(6)));
      fixture.apply();

      // then
      assertThat(text(fixture))
          .containsExactly("1: 2-3 GOODBYE", "2: 4-7 SKIPPED", "7: 1-9 SKIPPED");
      assertThat(fixture.checkpoint.gaps().counts())
          .containsEntry(ApplyFixture.STREAM, new GapStore.Count(2, 6))
          .hasSize(2);
      var streams = fixture.applier.streams();
      fixture.applier.doWork();
      assertThat(streams.join())
          .extracting(StreamProgress::stream, StreamProgress::epoch, StreamProgress::last)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(ApplyFixture.STREAM, 2L, 8L),
              org.assertj.core.groups.Tuple.tuple(new StreamId("other", "one", 1), 7L, 10L));
    }
  }

  @Test
  void shouldKnowWhatIsMissingWhateverACrashLeaves() {
    long seed = 2026;
    Random random = new Random(seed);
    BitSet came = new BitSet();
    int named = 0;
    int crashes = 0;
    int ends = 0;
    Path current = directory.resolve("life-0");
    ApplyFixture fixture = new ApplyFixture(current);
    for (int step = 0; step < 120; step++) {
      // when
      if (random.nextInt(4) == 0) {
        fixture.feed.skip(1 + random.nextInt(5));
      }
      int next = (int) fixture.feed.nextSequence();
      if (random.nextInt(5) == 0) {
        int last = next - 1 + random.nextInt(12);
        named = Math.max(named, last);
        fixture.feed.end(Math.max(1, last));
        ends++;
      } else {
        List<DetailRecord> batch = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
          batch.add(sms(random.nextInt(1000)));
        }
        fixture.send(batch);
        came.set(next, next + batch.size());
      }
      switch (random.nextInt(9)) {
        case 0 -> fixture.applier.doWork();
        case 1 -> fixture.apply();
        case 2 -> {
          fixture.apply();
          fixture.flusher.flushAll();
          fixture.nanos.addAndGet(2_000_000_000L);
        }
        case 3, 4, 5 -> fixture.nanos.addAndGet(2_000_000_000L);
        case 6, 7 -> fixture.journal.roll();
        default -> {
          Path copy = directory.resolve("life-" + ++crashes);
          ApplyFixture.copy(current, copy);
          fixture.close();
          fixture = new ApplyFixture(copy);
          current = copy;
        }
      }
      // then
      if (step % 10 == 9) {
        fixture.apply();
        assertThat(missing(fixture))
            .as("step %d, seed %d", step, seed)
            .isEqualTo(expected(came, named));
      }
    }
    assertThat(crashes).isGreaterThan(5);
    assertThat(ends).isGreaterThan(10);
    assertThat(gaps(fixture).stream().map(StreamGap::cause)).contains(Cause.SKIPPED);
    fixture.close();
  }

  private static BitSet missing(ApplyFixture fixture) {
    BitSet missing = new BitSet();
    for (StreamGap gap : gaps(fixture)) {
      assertThat(missing.get((int) gap.first(), (int) gap.last() + 1).isEmpty())
          .as("in one gap only")
          .isTrue();
      missing.set((int) gap.first(), (int) gap.last() + 1);
    }
    return missing;
  }

  /** All up to the highest sequence that came or was named, without those that came. */
  private static BitSet expected(BitSet came, int named) {
    BitSet missing = new BitSet();
    missing.set(1, Math.max(came.length(), named + 1));
    missing.andNot(came);
    return missing;
  }
}
