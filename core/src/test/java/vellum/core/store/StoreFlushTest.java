package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.store.StoreFixture.META;
import static vellum.core.store.StoreFixture.RECORDS;
import static vellum.core.store.StoreFixture.SUBJECTS;
import static vellum.core.store.StoreFixture.TABLES;
import static vellum.core.store.StoreFixture.crashed;
import static vellum.core.store.StoreFixture.hashed;
import static vellum.core.store.StoreFixture.key;
import static vellum.core.store.StoreFixture.put;
import static vellum.core.store.StoreFixture.utf8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves: a copy of the directory, taken while the store is open. */
final class StoreFlushTest {

  private static final byte[] POSITION = utf8("position");

  @TempDir private Path directory;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = StoreFixture.stores();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldLeaveAllTablesAtTheFlushedPosition() {
    // given
    Path live = directory.resolve("live");
    try (Store store = stores.open(live, TABLES, StoreOptions.currentMonth())) {
      write(store, 0, 300);
      store.flushAll();
      write(store, 300, 500);
      // when
      try (Store after = reopen(live, "copy")) {
        // then
        assertAllAt(after, 300, 500);
      }
      store.flushAll();
      try (Store after = reopen(live, "later")) {
        assertAllAt(after, 500, 500);
      }
    }
  }

  @Test
  void shouldBeAtomicAlsoWhenABufferFillsFirst() {
    // given: buffers so small that the engine flushes on its own
    Path live = directory.resolve("live");
    StoreOptions small = StoreOptions.otherMonth().withBuffers(1 << 18, 1 << 18, 1 << 18);
    try (Store store = stores.open(live, TABLES, small)) {
      int flushed = 0;
      for (int round = 0; round < 8; round++) {
        write(store, round * 2_000, (round + 1) * 2_000);
        // when
        try (Store after = reopen(live, "copy" + round)) {
          // then
          int position = position(after);
          assertThat(position).isBetween(flushed, (round + 1) * 2_000);
          assertAllAt(after, position, (round + 1) * 2_000);
          flushed = position;
        }
      }
      assertThat(flushed).as("the engine flushed on its own").isPositive();
    }
  }

  @Test
  void shouldNotSeeUnflushedRowsInTheFlushedView() {
    // given
    try (Store store = stores.open(directory.resolve("s"), TABLES, StoreOptions.currentMonth())) {
      write(store, 0, 10);
      // when and then
      assertThat(store.getFlushed(META, POSITION)).isNull();
      assertThat(store.unflushedBytes()).isPositive();
      store.flushAll();
      assertThat(store.unflushedBytes()).isZero();
      write(store, 10, 20);
      assertThat(ByteBuffer.wrap(store.getFlushed(META, POSITION)).getInt()).isEqualTo(10);
      assertThat(ByteBuffer.wrap(store.get(META, POSITION)).getInt()).isEqualTo(20);
      assertThat(store.getFlushed(RECORDS, key(15))).isNull();
    }
  }

  @Test
  void shouldFlushWhatWasSealedAndNotWhatCameAfter() {
    // given
    Path live = directory.resolve("live");
    try (Store store = stores.open(live, TABLES, StoreOptions.currentMonth())) {
      write(store, 0, 300);
      // when
      store.beginFlush();
      write(store, 300, 500);
      store.awaitFlush();
      // then
      assertThat(store.unflushedBytes()).isPositive();
      try (Store after = reopen(live, "copy")) {
        assertAllAt(after, 300, 500);
      }
    }
  }

  @Test
  void shouldKeepAtItsCloseWhatWasFlushedAndNothingElse() {
    // given: what is not flushed has no totals, and must not be there without them
    Path live = directory.resolve("s");
    try (Store store = stores.open(live, TABLES, StoreOptions.currentMonth())) {
      write(store, 0, 10);
      store.flushAll();
      write(store, 10, 15);
    }
    // when, in the shape of another month
    try (Store store = stores.open(live, TABLES, StoreOptions.otherMonth())) {
      // then
      assertAllAt(store, 10, 10);
      write(store, 10, 20);
      store.flushAll();
      assertAllAt(store, 20, 20);
    }
  }

  @Test
  void shouldKeepEverySyncedWrite() {
    // given
    Path control = directory.resolve("control");
    try (Store store = stores.openSynced(control, TABLES, StoreOptions.control())) {
      for (int i = 0; i < 50; i++) {
        write(store, i, i + 1);
      }
      // when: nothing was flushed
      Path copy = crashed(control, directory.resolve("copy"));
      // then
      try (Store after = stores.openSynced(copy, TABLES, StoreOptions.control())) {
        assertAllAt(after, 50, 50);
      }
      assertThat(store.getFlushed(META, POSITION)).isNotNull();
    }
  }

  @Test
  void shouldGainATable() {
    // given
    Path live = directory.resolve("s");
    try (Store store = stores.open(live, TABLES.subList(0, 2), StoreOptions.otherMonth())) {
      put(store, RECORDS, key(1), utf8("a"));
      store.flushAll();
    }
    // when
    try (Store store = stores.open(live, TABLES, StoreOptions.otherMonth())) {
      put(store, META, POSITION, utf8("1"));
      // then
      assertThat(store.get(RECORDS, key(1))).isEqualTo(utf8("a"));
    }
  }

  private Store reopen(Path live, String name) {
    Path copy = crashed(live, directory.resolve(name));
    return stores.open(copy, TABLES, StoreOptions.otherMonth());
  }

  /**
   * Rows {@code from} to {@code to} in two tables, and the position behind them, one batch each.
   */
  private static void write(Store store, int from, int to) {
    StoreBatch batch = store.batch();
    for (int i = from; i < to; i++) {
      batch.clear();
      batch.put(RECORDS, key(i), new byte[100]);
      batch.put(SUBJECTS, hashed(i * 0x9E37_79B9_7F4AL, i), new byte[0]);
      batch.put(META, POSITION, ByteBuffer.allocate(4).putInt(i + 1).array());
      store.write(batch);
    }
  }

  private static int position(Store store) {
    byte[] position = store.get(META, POSITION);
    return position == null ? 0 : ByteBuffer.wrap(position).getInt();
  }

  private static void assertAllAt(Store store, int position, int written) {
    assertThat(position(store)).isEqualTo(position);
    for (int i = 0; i < written; i += i < position - 20 || i > position + 20 ? 7 : 1) {
      assertThat(store.get(RECORDS, key(i)) != null).as("record %d", i).isEqualTo(i < position);
      assertThat(store.get(SUBJECTS, hashed(i * 0x9E37_79B9_7F4AL, i)) != null)
          .as("subject %d", i)
          .isEqualTo(i < position);
    }
  }
}
