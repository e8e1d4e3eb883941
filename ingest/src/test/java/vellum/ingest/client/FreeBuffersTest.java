package vellum.ingest.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.ingest.protocol.BatchFrame;
import vellum.ingest.protocol.BatchWriter;
import vellum.ingest.protocol.Payload;

final class FreeBuffersTest {

  private static SentBatch batch(int bytes, int sends) {
    BatchWriter writer = new BatchWriter(bytes, bytes);
    byte[] record = new byte[64];
    writer.add(Payload.of(record, 0, record.length));
    writer.add(Payload.of(record, 0, record.length));
    SentBatch batch = new SentBatch(writer.frame(7), List.of());
    for (int i = 0; i < sends; i++) {
      batch.send(i);
    }
    return batch;
  }

  @Test
  void shouldGiveBackTheArrayOfABatchThatIsAnsweredWhole() {
    // given
    FreeBuffers free = new FreeBuffers();
    SentBatch batch = batch(1 << 12, 1);
    // when
    free.give(batch, 7);
    // then
    assertThat(free.take()).as("one record is unanswered").isEmpty();
    // when
    free.give(batch, 8);
    // then
    assertThat(free.take()).isSameAs(batch.frame().bytes());
    assertThat(free.take()).as("it is given once").isEmpty();
  }

  @Test
  void shouldLeaveTheArrayOfABatchThatMayStillLieInAnOutput() {
    FreeBuffers free = new FreeBuffers();
    free.give(batch(1 << 12, 2), 8);
    assertThat(free.take()).isEmpty();
  }

  @Test
  void shouldKeepNoMoreThanTheMost() {
    // given
    FreeBuffers free = new FreeBuffers();
    int bytes = FreeBuffers.MOST_BYTES / 4;
    // when
    for (int i = 0; i < 5; i++) {
      free.give(batch(bytes, 1), 8);
    }
    // then
    int kept = 0;
    while (free.take().length > 0) {
      kept++;
    }
    assertThat(kept).isEqualTo(3);
    free.give(batch(bytes, 1), 8);
    assertThat(free.take()).as("there is room again").isNotEmpty();
  }

  @Test
  void shouldFillAnArrayAgainAsIfItWereNew() {
    // given
    byte[] used = new byte[1 << 13];
    Arrays.fill(used, (byte) 0x5A);
    byte[] record = {1, 2, 3};
    BatchWriter fresh = new BatchWriter(0, 1 << 12);
    BatchWriter again = new BatchWriter(0, 1 << 12, used);
    // when
    fresh.add(Payload.of(record, 0, 3));
    again.add(Payload.of(record, 0, 3));
    BatchFrame one = fresh.frame(300);
    BatchFrame other = again.frame(300);
    // then
    assertThat(other.bytes()).isSameAs(used);
    assertThat(Arrays.copyOfRange(used, other.offset(), other.offset() + other.length()))
        .isEqualTo(Arrays.copyOfRange(one.bytes(), one.offset(), one.offset() + one.length()));
  }
}
