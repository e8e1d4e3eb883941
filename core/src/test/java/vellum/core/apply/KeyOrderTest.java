package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;

final class KeyOrderTest {

  @Test
  void shouldSortStablyByUnsignedBytes() {
    long seed = 99;
    Random random = new Random(seed);
    KeyOrder order = new KeyOrder(RecordKey.BYTES);
    for (int round = 0; round < 200; round++) {
      int count = random.nextInt(300);
      byte[] keys = new byte[count * RecordKey.BYTES];
      for (int i = 0; i < count; i++) {
        // Few different bytes, so that many keys are equal.
        keys[i * RecordKey.BYTES + random.nextInt(RecordKey.BYTES)] =
            (byte) (random.nextInt(3) - 1);
      }
      assertThat(sorted(order, keys, count))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected(keys, count));
    }
  }

  @Test
  void shouldSortWhateverBitsKeysDifferIn() {
    long seed = 7;
    Random random = new Random(seed);
    KeyOrder order = new KeyOrder(RecordKey.BYTES);
    for (int round = 0; round < 100; round++) {
      // given keys that differ in some bits of their heads, and in their last byte
      int count = 1 + random.nextInt(5_000);
      long some = random.nextLong();
      long differing = some & random.nextLong() & -1L >>> random.nextInt(64);
      long head = random.nextLong();
      byte[] keys = new byte[count * RecordKey.BYTES];
      for (int i = 0; i < count; i++) {
        Bytes.putLong(keys, i * RecordKey.BYTES, head ^ random.nextLong() & differing);
        keys[(i + 1) * RecordKey.BYTES - 1] = (byte) random.nextInt(4);
      }

      // when, then
      assertThat(sorted(order, keys, count))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected(keys, count));
    }
  }

  private static int[] sorted(KeyOrder order, byte[] keys, int count) {
    return Arrays.copyOf(order.sort(keys, count), count);
  }

  private static int[] expected(byte[] keys, int count) {
    return IntStream.range(0, count)
        .boxed()
        .sorted(
            Comparator.<Integer, byte[]>comparing(
                i -> Arrays.copyOfRange(keys, i * RecordKey.BYTES, (i + 1) * RecordKey.BYTES),
                Arrays::compareUnsigned))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
