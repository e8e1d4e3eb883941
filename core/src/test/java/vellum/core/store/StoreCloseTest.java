package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.store.StoreFixture.META;
import static vellum.core.store.StoreFixture.RECORDS;
import static vellum.core.store.StoreFixture.TABLES;
import static vellum.core.store.StoreFixture.key;
import static vellum.core.store.StoreFixture.put;
import static vellum.core.store.StoreFixture.utf8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;

final class StoreCloseTest {

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
  void shouldRefuseEveryUseAfterClose() {
    // given
    Store store = stores.open(directory.resolve("s"), TABLES, StoreOptions.currentMonth());
    put(store, RECORDS, key(1), utf8("a"));
    StoreBatch batch = store.batch();
    batch.put(RECORDS, key(2), utf8("b"));
    Scan scan = store.scan(RECORDS, key(0), key(9));
    assertThat(scan.next()).isTrue();
    // when
    store.close();
    // then
    List<Runnable> uses =
        List.of(
            () -> store.get(RECORDS, key(1)),
            () -> store.getFlushed(RECORDS, key(1)),
            () -> store.multiGet(RECORDS, key(1), 1, (i, v, o, l) -> {}),
            () -> store.scan(RECORDS, key(0), key(9)),
            () -> store.write(batch),
            store::flushAll,
            store::verify,
            store::stats,
            scan::next,
            scan::key,
            scan::value);
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(StoreException.Closed.class)
          .hasMessageContaining("closed");
    }
    scan.close();
    scan.close();
    store.close();
  }

  @Test
  void shouldCloseAlsoWhenItsDirectoryIsGone() throws IOException {
    // given
    Path path = directory.resolve("s");
    Store store = stores.open(path, TABLES, StoreOptions.otherMonth());
    put(store, RECORDS, key(1), utf8("a"));
    new RealDisk().deleteTree(path);
    // when and then
    assertThatThrownBy(store::close).isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(store::stats).isInstanceOf(StoreException.Closed.class);
    store.close();
    try (Store again = stores.open(path, TABLES, StoreOptions.otherMonth())) {
      assertThat(again.get(RECORDS, key(1))).isNull();
    }
  }

  @Test
  void shouldCountEveryWriteThatFails() throws IOException {
    // given: the first flush finds no directory, and the engine takes nothing any more
    Path path = directory.resolve("s");
    Store store = stores.open(path, TABLES, StoreOptions.otherMonth());
    put(store, RECORDS, key(1), utf8("a"));
    new RealDisk().deleteTree(path);
    assertThatThrownBy(store::flushAll).isInstanceOf(StoreException.Unavailable.class);
    long before = store.stats().backgroundErrors();
    // when
    assertThatThrownBy(() -> put(store, RECORDS, key(2), utf8("b")))
        .isInstanceOf(StoreException.Unavailable.class);
    // then
    assertThat(store.stats().backgroundErrors()).isEqualTo(before + 1);
    assertThatThrownBy(store::close).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void shouldRefuseAScanAfterItsClose() {
    try (Store store = stores.open(directory.resolve("s"), TABLES, StoreOptions.currentMonth())) {
      put(store, RECORDS, key(1), utf8("a"));
      Scan scan = store.scan(RECORDS, key(0), key(9));
      scan.close();
      assertThatThrownBy(scan::next).isInstanceOf(StoreException.Closed.class);
      assertThat(store.get(RECORDS, key(1))).isNotNull();
    }
  }

  @Test
  void shouldSurviveClosingWhileItIsRead() throws Exception {
    for (int round = 0; round < 12; round++) {
      // given
      Store store =
          stores.open(directory.resolve("s" + round), TABLES, StoreOptions.currentMonth());
      for (int i = 0; i < 300; i++) {
        put(store, RECORDS, key(i), new byte[200]);
      }
      store.flushAll();
      ExecutorService threads = Executors.newFixedThreadPool(5);
      CountDownLatch running = new CountDownLatch(5);
      List<Future<Integer>> readers = new ArrayList<>();
      readers.add(threads.submit(untilClosed(running, () -> store.get(RECORDS, key(7)))));
      readers.add(threads.submit(untilClosed(running, () -> scanAll(store))));
      readers.add(threads.submit(untilClosed(running, () -> lookUpAll(store))));
      readers.add(threads.submit(untilClosed(running, store::stats)));
      readers.add(
          threads.submit(
              untilClosed(
                  running,
                  () -> {
                    store.verify();
                    return store.getFlushed(META, utf8("none"));
                  })));
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      // when
      store.close();
      // then: each was refused, none crashed
      for (Future<Integer> reader : readers) {
        assertThat(reader.get(10, TimeUnit.SECONDS)).isPositive();
      }
      threads.shutdown();
    }
  }

  private static Callable<Integer> untilClosed(CountDownLatch running, Callable<?> use) {
    return () -> {
      int done = 0;
      while (true) {
        try {
          use.call();
          if (++done == 1) {
            running.countDown();
          }
        } catch (StoreException.Closed e) {
          return done;
        }
      }
    };
  }

  private static int scanAll(Store store) {
    int rows = 0;
    try (Scan scan = store.scan(RECORDS, key(0), key(Long.MAX_VALUE))) {
      while (scan.next()) {
        rows += scan.key().length + scan.value().length;
      }
    }
    return rows;
  }

  private static int lookUpAll(Store store) {
    byte[] keys = new byte[100 * 24];
    for (int i = 0; i < 100; i++) {
      System.arraycopy(key(i), 0, keys, i * 24, 24);
    }
    int[] found = new int[1];
    store.multiGet(RECORDS, keys, 100, (index, value, offset, length) -> found[0]++);
    return found[0];
  }
}
