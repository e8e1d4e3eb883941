package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.store.StoreFixture.RECORDS;
import static vellum.core.store.StoreFixture.SUBJECTS;
import static vellum.core.store.StoreFixture.TABLES;
import static vellum.core.store.StoreFixture.hashed;
import static vellum.core.store.StoreFixture.key;
import static vellum.core.store.StoreFixture.put;
import static vellum.core.store.StoreFixture.stores;
import static vellum.core.store.StoreFixture.utf8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was overwritten or deleted is in no file behind a purge. */
final class PurgeTest {

  private static final StoreOptions PLAIN =
      new StoreOptions(
          false,
          4 << 20,
          4 << 20,
          4 << 20,
          StoreOptions.Compression.NONE,
          StoreOptions.Compression.NONE,
          64,
          1,
          true,
          StoreOptions.otherMonth().blocks());

  @TempDir Path directory;

  private long filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> has(file, text)).count();
    }
  }

  private static boolean has(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldLeaveNothingOfWhatWasOverwrittenOrDeleted() throws IOException {
    try (Stores stores = stores();
        Store store = stores.open(directory, TABLES, PLAIN)) {
      // given: old values in the lowest level, newer ones above and in memory
      for (int i = 0; i < 1_000; i++) {
        put(store, RECORDS, key(i), utf8("first-value-of-" + i));
      }
      byte[] person = hashed(0x5051525354555657L, 1);
      put(store, SUBJECTS, person, new byte[0]);
      store.flushAll();
      store.purge(RECORDS, List.of(new KeyRange(key(0), key(999))));
      put(store, RECORDS, key(500), utf8("second-value-of-500"));
      store.flushAll();
      put(store, RECORDS, key(500), utf8("third-value-of-500"));
      StoreBatch delete = store.batch();
      delete.delete(SUBJECTS, person);
      delete.delete(RECORDS, key(501));
      store.write(delete);
      assertThat(filesWith("first-value-of-500")).isPositive();
      assertThat(filesWith("second-value-of-500")).isPositive();

      // when
      Purged purged = store.purge(RECORDS, List.of(KeyRange.of(key(500)), KeyRange.of(key(501))));
      store.purge(SUBJECTS, List.of(new KeyRange(hashed(0, 0), hashed(-1, -1))));

      // then
      assertThat(purged.replaced()).isNotEmpty();
      assertThat(purged.bytes()).isPositive();
      for (String name : purged.replaced()) {
        assertThat(directory.resolve(name)).doesNotExist();
      }
      assertThat(filesWith("first-value-of-500")).isZero();
      assertThat(filesWith("second-value-of-500")).isZero();
      assertThat(filesWith("first-value-of-501")).isZero();
      assertThat(filesWith("third-value-of-500")).isEqualTo(1);
      assertThat(filesWith("first-value-of-499")).isEqualTo(1);
      assertThat(store.get(RECORDS, key(500))).isEqualTo(utf8("third-value-of-500"));
      assertThat(store.get(RECORDS, key(501))).isNull();
    }
    try (Stores stores = stores();
        Store store = stores.open(directory, TABLES, PLAIN)) {
      // The list of files is new, and names the deleted key no more.
      assertThat(filesWith("PQRSTUVW")).isZero();
      assertThat(store.get(RECORDS, key(499))).isEqualTo(utf8("first-value-of-499"));
    }
  }

  @Test
  void shouldLetReadersReadOnAndKeepTheirFilesUntilTheyEnd() throws IOException {
    try (Stores stores = stores();
        Store store = stores.open(directory, TABLES, PLAIN)) {
      put(store, RECORDS, key(1), utf8("what-was-there"));
      store.flushAll();
      try (Scan scan = store.scan(RECORDS, key(0), key(9))) {
        put(store, RECORDS, key(1), utf8("what-is-there"));

        store.purge(RECORDS, List.of(KeyRange.of(key(1))));

        assertThat(scan.next()).isTrue();
        assertThat(scan.value()).isEqualTo(utf8("what-was-there"));
      }
      store.purge(RECORDS, List.of(KeyRange.of(key(1))));
    }
    assertThat(filesWith("what-was-there")).isZero();
    assertThatThrownBy(() -> new KeyRange(key(2), key(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
