package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.TestBatches;

final class StreamStatesTest {

  private static JournalEntry opened(long sequence, StreamId stream, long epoch) {
    return openedAt(sequence, stream, epoch, 0);
  }

  private static JournalEntry openedAt(long sequence, StreamId stream, long epoch, long micros) {
    JournalEntry.Kind kind = JournalEntry.Kind.STREAM_OPENED;
    return new JournalEntry(sequence, kind, micros, stream, epoch, 1, 0, 0, new byte[0], 0, 0);
  }

  private static JournalEntry records(
      long sequence, StreamId stream, long first, int skip, SealedBatch batch) {
    return new JournalEntry(
        sequence,
        JournalEntry.Kind.RECORDS,
        0,
        stream,
        1,
        first,
        batch.sequences(),
        skip,
        batch.body(),
        0,
        batch.length());
  }

  private static StreamStates seeded(Random random) {
    StreamStates states = new StreamStates();
    long sequence = 0;
    for (int i = 0; i < 20; i++) {
      StreamId stream = new StreamId("prodücer" + i, "pod-" + random.nextInt(), i * 3_000);
      states.accept(opened(++sequence, stream, 1));
      states.accept(records(++sequence, stream, 1, 0, TestBatches.filled(9, 5, i, 0, 3, 8)));
    }
    return states;
  }

  @Test
  void shouldReadWhatItWrote() {
    StreamStates states = seeded(new Random(1));

    StreamStates read = StreamStates.decode(states.encode());

    assertThat(read.encode()).isEqualTo(states.encode());
    assertThat(read.size()).isEqualTo(20);
    assertThat(read.sequence()).isEqualTo(40);
    assertThat(read.all())
        .allSatisfy(state -> assertThat(state.rejections().after(1)).hasSize(2))
        .allSatisfy(state -> assertThat(state.last()).isEqualTo(9));
  }

  @Test
  void shouldRefuseEveryFlippedBitAndEveryCut() {
    byte[] encoded = seeded(new Random(2)).encode();
    for (int i = 0; i < encoded.length; i++) {
      byte[] flipped = encoded.clone();
      flipped[i] ^= 0x08;
      byte[] cut = java.util.Arrays.copyOf(encoded, i);

      assertThatThrownBy(() -> StreamStates.decode(flipped)).isInstanceOf(JournalException.class);
      assertThatThrownBy(() -> StreamStates.decode(cut))
          .isInstanceOf(JournalException.Corrupt.class);
    }
  }

  @Test
  void shouldTellANewerFormatFromDamage() {
    byte[] newer = new StreamStates().encode();
    newer[5] = 2;

    assertThatThrownBy(() -> StreamStates.decode(newer))
        .isInstanceOf(JournalException.WrongFormat.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void shouldIgnoreWhatItAcceptedAndRefuseALeap() {
    StreamStates states = new StreamStates();
    states.accept(opened(1, JournalRig.STREAM, 1));
    states.accept(opened(1, JournalRig.STREAM, 5));

    assertThat(states.find(JournalRig.STREAM).epoch()).isEqualTo(1);
    assertThatThrownBy(() -> states.accept(opened(3, JournalRig.STREAM, 2)))
        .isInstanceOf(JournalException.Corrupt.class);
  }

  @Test
  void shouldForgetStreamsThatNobodyUsedForWeeks() {
    long day = 24L * 3600 * 1_000_000;
    long limit = StreamStates.IDLE_DAYS * day;
    StreamId pod = new StreamId("sms", "pod-7", 0);
    StreamId other = new StreamId("sms", "pod-8", 0);
    StreamStates states = new StreamStates();
    states.accept(openedAt(1, pod, 1, 0));
    states.accept(openedAt(2, JournalRig.STREAM, 1, day));

    assertThat(states.remembered(limit)).isEqualTo(2);
    assertThat(states.remembered(limit + 1)).isEqualTo(1);
    states.accept(openedAt(3, other, 1, limit + 1));

    assertThat(states.all()).extracting(StreamState::id).containsExactly(JournalRig.STREAM, other);
    assertThat(StreamStates.decode(states.encode()).remembered(limit + day + 1)).isEqualTo(1);
  }

  @Test
  void shouldKeepTheLastThousandRejectionsOfAStream() {
    StreamStates states = new StreamStates();
    states.accept(opened(1, JournalRig.STREAM, 1));
    for (int i = 0; i < 2_700; i++) {
      states.accept(records(2 + i, JournalRig.STREAM, 1 + i, 0, TestBatches.filled(1, 1, i, 0)));
    }

    RecentRejections kept = states.find(JournalRig.STREAM).rejections();
    List<Long> sequences = new ArrayList<>();
    kept.after(0).forEach(rejection -> sequences.add(rejection.sequence()));

    assertThat(sequences).hasSize(1_000).startsWith(1_701L).endsWith(2_700L).isSorted();
  }

  @Test
  void shouldRefuseABodyThatEndsInItsRejections() {
    byte[][] bodies = {
      {},
      {1},
      {2},
      {1, 1, 5},
      {1, 0, 3, 1, 1},
      {2, 0, 3, 1, 1},
      {1, 0, -1, -1, -1, -1, -1},
      {0, 0, 0},
      {5, 0, 0}
    };
    for (byte[] body : bodies) {
      assertThatThrownBy(() -> BodyRejections.of(body, 0, body.length))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldReadTheRejectionsOfAllFormatsOfABody() {
    for (byte format = 1; format <= 4; format++) {
      byte[] body = {format, 1, 2, 'a', 'b', 1, (byte) 0x81, 1, 4};
      assertThat(BodyRejections.of(body, 0, body.length)).containsExactly(129, 4);
    }
  }
}
