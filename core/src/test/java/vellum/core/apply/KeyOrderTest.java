package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vellum.core.record.RecordKey;

final class KeyOrderTest {

  @Test
  void shouldSortStablyByUnsignedBytes() {
    long seed = 99;
    Random random = new Random(seed);
    KeyOrder order = new KeyOrder(24);
    for (int round = 0; round < 200; round++) {
      int count = random.nextInt(300);
      byte[] keys = new byte[count * RecordKey.BYTES];
      for (int i = 0; i < count; i++) {
        // Few different bytes, so that many keys are equal.
        keys[i * RecordKey.BYTES + random.nextInt(RecordKey.BYTES)] =
            (byte) (random.nextInt(3) - 1);
      }

      int[] sorted = Arrays.copyOf(order.sort(keys, count), count);

      int[] expected =
          IntStream.range(0, count)
              .boxed()
              .sorted(
                  Comparator.<Integer, byte[]>comparing(
                      i -> Arrays.copyOfRange(keys, i * RecordKey.BYTES, (i + 1) * RecordKey.BYTES),
                      Arrays::compareUnsigned))
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(sorted).as("seed %d, round %d", seed, round).isEqualTo(expected);
    }
  }
}
