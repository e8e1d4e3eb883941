package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.store.StoreFixture.META;
import static vellum.core.store.StoreFixture.RECORDS;
import static vellum.core.store.StoreFixture.SUBJECTS;
import static vellum.core.store.StoreFixture.TABLES;
import static vellum.core.store.StoreFixture.hashed;
import static vellum.core.store.StoreFixture.key;
import static vellum.core.store.StoreFixture.utf8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;

final class StoreLoadTest {

  private static final long SEED = 31;
  private static final StoreOptions ARCHIVE = StoreOptions.archive();

  @TempDir Path directory;
  private Stores stores;
  private Path path;

  @BeforeEach
  void open() {
    stores = StoreFixture.stores();
    path = directory.resolve("archive/03.making");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private static byte[] value(long number) {
    Random random = new Random(SEED + number);
    byte[] value = new byte[random.nextInt(200)];
    random.nextBytes(value);
    return value;
  }

  private static void put(StoreLoad load, long from, long to) {
    for (long i = from; i < to; i++) {
      load.put(RECORDS, key(i), value(i));
    }
  }

  private void assertRows(long count) {
    try (Store store = stores.open(path, TABLES, ARCHIVE);
        Scan scan = store.scanAll(RECORDS, new byte[24], key(Long.MAX_VALUE))) {
      Row row = new Row();
      long number = 0;
      while (scan.next(row)) {
        assertThat(Arrays.copyOf(row.key(), row.keyLength())).isEqualTo(key(number));
        assertThat(Arrays.copyOf(row.value(), row.valueLength())).isEqualTo(value(number));
        number++;
      }
      assertThat(number).isEqualTo(count);
      store.verify();
    }
  }

  @Test
  void shouldMakeAStoreOfSortedFiles() {
    // given
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE, 10_000)) {
      put(load, 0, 1000);
      load.put(SUBJECTS, hashed(7, 1), new byte[0]);
      load.put(SUBJECTS, hashed(7, 2), new byte[0]);
      load.put(META, utf8("state"), utf8("done"));
      // when
      load.finish();
      // then
      assertThat(load.finished()).isTrue();
      assertThat(load.files()).hasSizeGreaterThan(10);
    }
    assertRows(1000);
    try (Store store = stores.open(path, TABLES, ARCHIVE)) {
      assertThat(store.get(META, utf8("state"))).isEqualTo(utf8("done"));
      assertThat(store.get(SUBJECTS, hashed(7, 2))).isEmpty();
    }
    assertThat(path.resolve("load")).doesNotExist();
    assertThat(path.resolve("loaded")).doesNotExist();
  }

  @Test
  void shouldTakeLateRowsAsAnyStore() {
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      put(load, 0, 100);
      load.finish();
    }
    byte[] late = {1, 2, 3};
    try (Store store = stores.open(path, TABLES, ARCHIVE)) {
      StoreFixture.put(store, RECORDS, key(50), late);
      StoreFixture.put(store, RECORDS, key(200), late);
      store.flushAll();
    }
    try (Store store = stores.open(path, TABLES, ARCHIVE)) {
      assertThat(store.get(RECORDS, key(50))).isEqualTo(late);
      assertThat(store.get(RECORDS, key(200))).isEqualTo(late);
      assertThat(store.get(RECORDS, key(51))).isEqualTo(value(51));
      store.verify();
    }
  }

  @Test
  void shouldGoOnBehindTheLastFinishedFile() {
    // given an interrupted load
    long rows;
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE, 10_000)) {
      put(load, 0, 777);
      rows = load.files().stream().mapToLong(LoadedFile::rows).sum();
    }
    assertThat(rows).isBetween(100L, 776L);
    // when
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE, 10_000)) {
      assertThat(load.files()).extracting(LoadedFile::table).containsOnly(RECORDS);
      assertThat(load.files().stream().mapToLong(LoadedFile::rows).sum()).isEqualTo(rows);
      assertThat(load.files().get(0).firstKey()).isEqualTo(key(0));
      assertThat(load.lastKey(RECORDS)).isEqualTo(key(rows - 1));
      assertThat(load.lastKey(META)).isNull();
      assertThatThrownBy(() -> load.put(RECORDS, key(rows - 1), value(0)))
          .isInstanceOf(StoreException.OutOfOrder.class);
    }
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE, 10_000)) {
      put(load, rows, 1000);
      load.finish();
    }
    // then
    assertRows(1000);
  }

  @Test
  void shouldKeepWhatWasCut() {
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      put(load, 0, 10);
      load.cut();
      load.cut();
      put(load, 10, 20);
    }
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      assertThat(load.lastKey(RECORDS)).isEqualTo(key(9));
      assertThat(load.files()).hasSize(1);
      put(load, 10, 15);
      load.finish();
    }
    assertRows(15);
  }

  @Test
  void shouldFinishAgainWhenInterruptedWhileFinishing() throws IOException {
    // given a load whose files are in the store already, and still in the load
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE, 10_000)) {
      put(load, 0, 500);
      load.cut();
    }
    Path saved = directory.resolve("saved");
    Files.createDirectory(saved);
    for (Path file : StoreLoad.list(path.resolve("load"))) {
      Files.createLink(saved.resolve(file.getFileName()), file);
    }
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE, 10_000)) {
      load.finish();
    }
    Files.move(saved, path.resolve("load"));
    Files.createDirectory(path.resolve("load/link"));
    Files.delete(path.resolve("CURRENT"));
    // when
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE, 10_000)) {
      assertThat(load.finished()).isFalse();
      put(load, 500, 600);
      load.finish();
    }
    // then
    assertRows(600);
  }

  @Test
  void shouldKnowThatItIsFinished() throws IOException {
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      put(load, 0, 10);
      load.finish();
    }
    Files.createDirectory(path.resolve("loaded"));
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      assertThat(load.finished()).isTrue();
      assertThat(load.files()).isEmpty();
      load.finish();
      assertThatThrownBy(() -> load.put(RECORDS, key(11), value(11)))
          .isInstanceOf(StoreException.Closed.class)
          .hasMessageContaining("finished");
    }
    assertThat(path.resolve("loaded")).doesNotExist();
    assertRows(10);
  }

  @Test
  void shouldMakeAnEmptyStoreOfNothing() {
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      load.finish();
    }
    assertRows(0);
  }

  @Test
  void shouldRefuseKeysThatDoNotAscend() {
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      load.put(RECORDS, key(5), value(5));
      assertThatThrownBy(() -> load.put(RECORDS, key(5), value(5)))
          .isInstanceOf(StoreException.OutOfOrder.class)
          .hasMessageContaining("records");
      assertThatThrownBy(() -> load.put(RECORDS, key(6), value(6)))
          .isInstanceOf(StoreException.Closed.class);
    }
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      assertThatThrownBy(() -> load.put(RECORDS, new byte[23], new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> load.put(new Table("other", 1, Table.Shape.SMALL), new byte[1], new byte[0]))
          .hasMessageContaining("other");
    }
  }

  @Test
  void shouldRefuseADirectoryOfSomethingElse() throws IOException {
    Files.createDirectories(path);
    Files.createFile(path.resolve("notes.txt"));
    assertThatThrownBy(() -> stores.load(path, TABLES, ARCHIVE))
        .isInstanceOf(StoreException.WrongFormat.class);
    assertThat(path.resolve("notes.txt")).exists();
  }

  @Test
  void shouldSayThatTheDiskRefused() throws IOException {
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      new RealDisk().deleteTree(path.resolve("load"));
      assertThatThrownBy(() -> load.put(RECORDS, key(1), value(1)))
          .isInstanceOf(StoreException.Unavailable.class)
          .satisfies(e -> assertThat(((StoreException) e).recoverable()).isTrue());
    }
  }

  @Test
  void shouldNotOpenAsAStoreBeforeItIsFinished() {
    try (StoreLoad load = stores.load(path, TABLES, ARCHIVE)) {
      put(load, 0, 10);
      load.cut();
    }
    assertThatThrownBy(() -> stores.open(path, TABLES, ARCHIVE))
        .isInstanceOf(StoreException.WrongFormat.class)
        .hasMessageContaining("not finished");
  }
}
