package vellum.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.store.StoreFixture.META;
import static vellum.core.store.StoreFixture.RECORDS;
import static vellum.core.store.StoreFixture.SUBJECTS;
import static vellum.core.store.StoreFixture.TABLES;
import static vellum.core.store.StoreFixture.hashed;
import static vellum.core.store.StoreFixture.key;
import static vellum.core.store.StoreFixture.put;
import static vellum.core.store.StoreFixture.utf8;
import static vellum.core.store.StoreFixture.values;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.Bytes;

final class RocksStoreTest {

  @TempDir private Path directory;
  private Stores stores;
  private Store store;

  @BeforeEach
  void open() {
    stores = StoreFixture.stores();
    store = stores.open(directory.resolve("month"), TABLES, StoreOptions.currentMonth());
  }

  @AfterEach
  void close() {
    store.close();
    stores.close();
  }

  @Test
  void shouldReadBackWhatABatchWrote() {
    // given
    StoreBatch batch = store.batch();
    batch.put(RECORDS, key(1), utf8("a"));
    batch.put(RECORDS, key(1), utf8("b"));
    batch.put(SUBJECTS, hashed(7, 1), new byte[0]);
    batch.put(META, utf8("position"), utf8("9"));
    batch.put(META, utf8("gone"), utf8("9"));
    batch.delete(META, utf8("gone"));
    // when
    store.write(batch);
    // then
    assertThat(store.get(RECORDS, key(1))).isEqualTo(utf8("b"));
    assertThat(store.get(SUBJECTS, hashed(7, 1))).isEmpty();
    assertThat(store.get(META, utf8("position"))).isEqualTo(utf8("9"));
    assertThat(store.get(META, utf8("gone"))).isNull();
    assertThat(store.get(RECORDS, key(2))).isNull();
  }

  @Test
  void shouldReuseABatch() {
    // given
    StoreBatch batch = store.batch();
    // when
    for (int i = 0; i < 100; i++) {
      batch.clear();
      batch.put(RECORDS, key(i), new byte[] {(byte) i});
      store.write(batch);
    }
    // then
    assertThat(store.get(RECORDS, key(0))).containsExactly(0);
    assertThat(store.get(RECORDS, key(99))).containsExactly(99);
    assertThat(batch.count()).isEqualTo(1);
  }

  @Test
  void shouldAgreeWithASortedMap() {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    TreeMap<Integer, String> expected = new TreeMap<>();
    for (int round = 0; round < 40; round++) {
      change(random, expected);
      if (round % 10 == 9) {
        store.flushAll();
      }
    }
    // when
    TreeMap<Integer, String> found = new TreeMap<>();
    List<Integer> order = new ArrayList<>();
    store.multiGet(
        RECORDS,
        keys(3_000),
        3_000,
        (index, value, offset, length) -> {
          order.add(index);
          found.put(index, new String(value, offset, length, UTF_8));
        });
    TreeMap<Integer, String> scanned = new TreeMap<>();
    try (Scan scan = store.scan(RECORDS, key(0), key(3_000))) {
      while (scan.next()) {
        scanned.put((int) Bytes.getLong(scan.key(), 8), new String(scan.value(), UTF_8));
      }
    }
    // then
    assertThat(order).isSorted();
    assertThat(found).as("seed %d", seed).isEqualTo(expected);
    assertThat(scanned).as("seed %d", seed).isEqualTo(expected);
  }

  private void change(Random random, Map<Integer, String> expected) {
    StoreBatch batch = store.batch();
    for (int i = 0; i < 100; i++) {
      int number = random.nextInt(3_000);
      if (random.nextInt(5) == 0) {
        batch.delete(RECORDS, key(number));
        expected.remove(number);
      } else {
        String value = Long.toString(random.nextLong(), 36);
        batch.put(RECORDS, key(number), utf8(value));
        expected.put(number, value);
      }
    }
    store.write(batch);
  }

  private static byte[] keys(int count) {
    byte[] keys = new byte[count * 24];
    for (int i = 0; i < count; i++) {
      System.arraycopy(key(i), 0, keys, i * 24, 24);
    }
    return keys;
  }

  @Test
  void shouldFindLargeValuesAmongManyKeys() {
    // given
    byte[] large = new byte[5 << 20];
    new Random(1).nextBytes(large);
    put(store, RECORDS, key(2), large);
    put(store, RECORDS, key(3), new byte[3_000]);
    // when
    List<Integer> lengths = new ArrayList<>();
    store.multiGet(RECORDS, keys(4), 4, (index, value, offset, length) -> lengths.add(length));
    store.flushAll();
    // then
    assertThat(lengths).containsExactly(large.length, 3_000);
    assertThat(store.get(RECORDS, key(2))).isEqualTo(large);
  }

  @Test
  void shouldScanWithinItsBounds() {
    // given
    for (int i = 0; i < 10; i++) {
      put(store, RECORDS, key(i), new byte[] {(byte) i});
      if (i == 5) {
        store.flushAll();
      }
    }
    // when
    try (Scan scan = store.scan(RECORDS, key(2), key(8))) {
      // then
      assertThatThrownBy(scan::key).isInstanceOf(NoSuchElementException.class);
      assertThat(values(scan)).containsExactly(2, 3, 4, 5, 6, 7);
      assertThat(scan.next()).isFalse();
      scan.seek(key(6));
      assertThat(values(scan)).containsExactly(6, 7);
      scan.seek(key(0));
      assertThat(scan.next()).isTrue();
      assertThat(scan.key()).isEqualTo(key(2));
      scan.seek(key(9));
      assertThat(scan.next()).isFalse();
    }
    try (Scan empty = store.scan(RECORDS, key(8), key(2))) {
      assertThat(empty.next()).isFalse();
    }
  }

  @Test
  void shouldScanAsOfItsBeginning() {
    // given
    put(store, RECORDS, key(1), new byte[] {1});
    try (Scan scan = store.scan(RECORDS, key(0), key(9))) {
      // when
      put(store, RECORDS, key(1), new byte[] {2});
      put(store, RECORDS, key(2), new byte[] {3});
      store.flushAll();
      // then
      assertThat(values(scan)).containsExactly(1);
    }
  }

  @Test
  void shouldScanHashedTablesWithinAPrefixAndAcrossThem() {
    // given
    for (int i = 0; i < 6; i++) {
      put(store, SUBJECTS, hashed(10 + i % 2, i), new byte[] {(byte) i});
      if (i == 2) {
        store.flushAll();
      }
    }
    // when
    try (Scan one = store.scan(SUBJECTS, hashed(10, 0), hashed(10, Long.MAX_VALUE));
        Scan toSuccessor = store.scan(SUBJECTS, hashed(11, 2), Arrays.copyOf(hashed(12, 0), 8));
        Scan all = store.scan(SUBJECTS, new byte[24], hashed(99, 0))) {
      // then
      assertThat(values(one)).containsExactly(0, 2, 4);
      assertThat(values(toSuccessor)).containsExactly(3, 5);
      assertThat(values(all)).containsExactly(0, 2, 4, 1, 3, 5);
    }
  }

  @Test
  void shouldRefuseKeysOfTheWrongWidth() {
    StoreBatch batch = store.batch();
    assertThatThrownBy(() -> batch.put(RECORDS, new byte[23], new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key of table records has 24 bytes, not 23");
    assertThatThrownBy(() -> store.get(META, new byte[0]))
        .hasMessage("a key of table meta has 1 to 1024 bytes, not 0");
    assertThatThrownBy(() -> store.multiGet(RECORDS, new byte[47], 2, (i, v, o, l) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.multiGet(META, new byte[8], 1, (i, v, o, l) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(batch.count()).isZero();
  }

  @Test
  void shouldRefuseTheBatchOfAnotherStore() {
    try (Store other = stores.open(directory.resolve("other"), TABLES, StoreOptions.otherMonth())) {
      StoreBatch batch = other.batch();
      batch.put(RECORDS, key(1), new byte[0]);
      assertThatThrownBy(() -> store.write(batch)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldTellWhatItHolds() {
    // given
    StoreStats empty = store.stats();
    for (int i = 0; i < 1_000; i++) {
      put(store, RECORDS, key(i), new byte[100]);
    }
    // when
    StoreStats unflushed = store.stats();
    store.flushAll();
    StoreStats flushed = store.stats();
    // then
    assertThat(empty.liveFileBytes()).isZero();
    assertThat(empty.estimatedKeys()).isZero();
    assertThat(unflushed.estimatedKeys()).isEqualTo(1_000);
    assertThat(unflushed.memtableBytes()).isGreaterThan(empty.memtableBytes());
    assertThat(flushed.liveFileBytes()).isPositive();
    assertThat(flushed.backgroundErrors()).isZero();
    assertThat(flushed.writeStopped()).isFalse();
  }
}
