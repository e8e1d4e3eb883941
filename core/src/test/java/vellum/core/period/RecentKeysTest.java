package vellum.core.period;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.record.RecordKey;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** What is there is found, whatever is remembered, given up, or forgotten by a restart. */
final class RecentKeysTest {

  private static final int BATCH = 40;
  private static final int[] REMEMBERED = {100, 600, 100_000};

  @TempDir Path directory;

  private final Stores stores = new Stores(new RealDisk(), 8 << 20, 1);
  private final Random random = new Random(11);

  /** From the key to the value that is stored. */
  private final Map<Long, byte[]> there = new LinkedHashMap<>();

  @AfterEach
  void close() {
    stores.close();
  }

  /** One of few keys in few buckets and seconds, so that many are there already. */
  private static byte[] key(long number) {
    long millis = (number % 9 + 1 << 22) + number % 7 * 1000;
    byte[] key = new byte[RecordKey.BYTES];
    RecordKey.write(key, 0, (int) (number % 5), millis << 16, ~number);
    return key;
  }

  @Test
  void shouldFindWhatIsThereAndNothingElse() {
    try (Store store = stores.open(directory, MonthTables.LIVE, StoreOptions.otherMonth())) {
      for (int restart = 0; restart < 12; restart++) {
        // given one that remembers few keys, some, and all
        RecentKeys keys = new RecentKeys(store, REMEMBERED[restart % REMEMBERED.length]);
        for (int batch = 0; batch < 25; batch++) {
          // when, then
          lookUpAndPut(store, keys);
        }
      }
    }
    assertThat(there.size()).isGreaterThan(2000).isLessThan(12 * 25 * BATCH);
  }

  private void lookUpAndPut(Store store, RecentKeys keys) {
    long[] numbers = random.longs(BATCH, 0, 4_000).distinct().sorted().toArray();
    byte[] wanted = new byte[numbers.length * RecordKey.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      System.arraycopy(key(numbers[i]), 0, wanted, i * RecordKey.BYTES, RecordKey.BYTES);
    }
    byte[][] found = new byte[numbers.length][];
    keys.lookUp(
        wanted,
        numbers.length,
        (index, value, offset, length) ->
            found[index] = Arrays.copyOfRange(value, offset, offset + length));
    StoreBatch batch = store.batch();
    for (int i = 0; i < numbers.length; i++) {
      assertThat(found[i]).isEqualTo(there.get(numbers[i]));
      byte[] value = {(byte) random.nextInt(), (byte) i};
      batch.put(MonthTables.RECORDS, key(numbers[i]), value);
      there.put(numbers[i], value);
    }
    store.write(batch);
  }
}
