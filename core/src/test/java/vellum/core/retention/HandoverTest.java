package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import vellum.core.record.Bytes;
import vellum.core.strip.ArchiveKey;

final class HandoverTest {

  private static final int ROWS = 20_000;

  @Test
  void shouldWriteAllRowsInOrderFromAnotherThread() {
    // given
    Random random = new Random(1);
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> rows = new ArrayList<>();
    List<byte[]> written = new ArrayList<>();
    ExecutorService other = Executors.newSingleThreadExecutor();

    // when: the worker is alone now and then, and rows of all sizes come
    try (Handover handover = new Handover(collect(written), other)) {
      for (int i = 0; i < ROWS; i++) {
        byte[] row = new byte[i % 1_000 == 0 ? 2 * Handover.BLOCK_BYTES : random.nextInt(600)];
        random.nextBytes(row);
        keys.add(key(i));
        rows.add(row);
        handover.alone(random.nextInt(3_000) == 0);
        handover.put(keys.get(i), row, 0, row.length);
      }
      handover.settle();
    } finally {
      other.shutdownNow();
    }

    // then
    assertThat(written).hasSize(2 * ROWS);
    for (int i = 0; i < ROWS; i++) {
      assertThat(written.get(2 * i)).isEqualTo(keys.get(i));
      assertThat(written.get(2 * i + 1)).isEqualTo(rows.get(i));
    }
  }

  @Test
  void shouldHaveWrittenNothingBehindAFailureAndThrowIt() {
    // given
    List<byte[]> written = new ArrayList<>();
    ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    SecondGroup.Sink sink =
        (key, from, offset, length) -> {
          if (key[ArchiveKey.BYTES - 1] == 2) {
            throw new StripException.TooManyInASecond(1);
          }
          collect(written).put(key, from, offset, length);
        };
    byte[] block = new byte[Handover.BLOCK_BYTES];

    // when
    try (Handover handover = new Handover(sink, tasks::add)) {
      for (int i = 0; i < 5; i++) {
        handover.put(key(i), block, 0, block.length);
      }
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }

      // then
      assertThatThrownBy(handover::settle).isInstanceOf(StripException.TooManyInASecond.class);
      assertThat(written).hasSize(4);
    }
  }

  @Test
  void shouldHaveNoMoreThanItsBlocksOnTheirWay() {
    // given
    List<Integer> onTheirWay = new ArrayList<>();
    ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    List<byte[]> written = new ArrayList<>();
    int[] handed = new int[1];
    // A task that is waited for must run: this one runs the oldest when all blocks are taken.
    Executor late =
        task -> {
          tasks.add(task);
          onTheirWay.add(handed[0] - written.size() / 2);
          if (tasks.size() >= Handover.BLOCKS - 1) {
            tasks.remove().run();
          }
        };

    // when
    try (Handover handover = new Handover(collect(written), late)) {
      byte[] block = new byte[Handover.BLOCK_BYTES];
      for (int i = 0; i < 100; i++) {
        handed[0]++;
        handover.put(key(i), block, 0, block.length);
      }
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
      handover.settle();
    }

    // then
    assertThat(written).hasSize(200);
    assertThat(onTheirWay).allMatch(count -> count <= Handover.BLOCKS);
  }

  private static SecondGroup.Sink collect(List<byte[]> written) {
    return (key, from, offset, length) -> {
      written.add(key.clone());
      written.add(Arrays.copyOfRange(from, offset, offset + length));
    };
  }

  private static byte[] key(int number) {
    byte[] key = new byte[ArchiveKey.BYTES];
    Bytes.putInt(key, ArchiveKey.BYTES - Integer.BYTES, number);
    return key;
  }
}
