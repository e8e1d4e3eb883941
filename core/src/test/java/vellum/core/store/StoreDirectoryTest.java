package vellum.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.store.StoreFixture.META;
import static vellum.core.store.StoreFixture.RECORDS;
import static vellum.core.store.StoreFixture.TABLES;
import static vellum.core.store.StoreFixture.crashed;
import static vellum.core.store.StoreFixture.key;
import static vellum.core.store.StoreFixture.put;
import static vellum.core.store.StoreFixture.tableFiles;
import static vellum.core.store.StoreFixture.utf8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk: formats, foreign files, damage. */
final class StoreDirectoryTest {

  @TempDir private Path directory;
  private Stores stores;
  private Path live;

  @BeforeEach
  void open() {
    stores = StoreFixture.stores();
    live = directory.resolve("live");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldMakeAnOwnerOnlyDirectoryWithItsFormat() throws IOException {
    // when
    openAndClose(live);
    // then
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(live)))
        .isEqualTo("rwx------");
    assertThat(live.resolve(Format.FILE)).content(US_ASCII).isEqualTo("vellum store 1\n");
  }

  @Test
  void shouldRefuseANewerFormat() throws IOException {
    // given
    openAndClose(live);
    Files.writeString(live.resolve(Format.FILE), Format.text(Format.CURRENT + 1));
    // when and then
    assertThatThrownBy(() -> openAndClose(live))
        .isInstanceOf(StoreException.WrongFormat.class)
        .hasMessageContaining("format 2, this version reads 1 to 1");
  }

  @Test
  void shouldRefuseAnUnreadableFormat() throws IOException {
    for (String text : List.of("", "vellum store 0\n", "vellum store 1", "x".repeat(100))) {
      // given
      Files.createDirectories(live);
      Files.writeString(live.resolve(Format.FILE), text);
      // when and then
      assertThatThrownBy(() -> openAndClose(live))
          .isInstanceOf(StoreException.WrongFormat.class)
          .hasMessageContaining("not a store's format file");
    }
  }

  @Test
  void shouldRefuseADirectoryThatIsNoStore() throws IOException {
    // given
    Files.createDirectories(live);
    Files.writeString(live.resolve("letter.txt"), "Dear Sir");
    // when and then
    assertThatThrownBy(() -> openAndClose(live))
        .isInstanceOf(StoreException.WrongFormat.class)
        .hasMessageContaining("not a store");
    assertThat(live.resolve("letter.txt")).exists();
  }

  @Test
  void shouldRefuseATableThatItDoesNotKnow() {
    // given
    openAndClose(live);
    // when and then
    assertThatThrownBy(() -> stores.open(live, List.of(RECORDS, META), StoreOptions.otherMonth()))
        .isInstanceOf(StoreException.WrongFormat.class)
        .hasMessageContaining("subjects");
  }

  @Test
  void shouldRefuseTablesNamedTwiceOrReserved() {
    Table reserved = new Table("default", 0, Table.Shape.SMALL);
    Table narrow = new Table("narrow", 7, Table.Shape.HASHED);
    for (List<Table> tables : List.of(List.of(META, META), List.of(reserved), List.of(narrow))) {
      assertThatThrownBy(() -> stores.open(live, tables, StoreOptions.otherMonth()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(live).doesNotExist();
  }

  @Test
  void shouldNotStartAnewWhenItsPointerIsLost() throws IOException {
    // given
    openAndClose(live);
    Files.delete(live.resolve("CURRENT"));
    // when and then
    assertThatThrownBy(() -> openAndClose(live))
        .isInstanceOf(StoreException.Corrupt.class)
        .hasMessageContaining("CURRENT");
    assertThat(tableFiles(live)).isNotEmpty();
  }

  @Test
  void shouldBeUnavailableWhileAnotherHasItOpen() {
    try (Store store = stores.open(live, TABLES, StoreOptions.otherMonth())) {
      assertThatThrownBy(() -> openAndClose(live))
          .isInstanceOf(StoreException.Unavailable.class)
          .matches(e -> ((StoreException) e).recoverable());
      assertThat(store.get(RECORDS, key(1))).isNull();
    }
  }

  @Test
  void shouldOpenSixtyTogether() {
    // given
    List<Store> open = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      open.add(stores.open(directory.resolve("m" + i), TABLES, StoreOptions.otherMonth()));
    }
    // when
    for (int i = 0; i < 60; i++) {
      put(open.get(i), RECORDS, key(i), utf8("m" + i));
    }
    open.forEach(Store::flushAll);
    open.forEach(Store::close);
    // then
    for (int i = 0; i < 60; i += 13) {
      Path month = directory.resolve("m" + i);
      try (Store store = stores.open(month, TABLES, StoreOptions.otherMonth())) {
        assertThat(store.get(RECORDS, key(i))).isEqualTo(utf8("m" + i));
      }
    }
  }

  @Test
  void shouldNameTheFileWithAFlippedByte() throws IOException {
    // given
    openAndClose(live);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Path copy = crashed(live, directory.resolve("copy" + round));
      Path file = flipped(random, tableFiles(copy));
      // when and then: refused at once, or found by the check, by name
      assertThatThrownBy(
              () -> {
                try (Store store = stores.open(copy, TABLES, StoreOptions.otherMonth())) {
                  store.verify();
                }
              })
          .as("seed %d round %d %s", seed, round, file)
          .isInstanceOf(StoreException.Corrupt.class)
          .satisfies(e -> assertThat(wholeText(e)).contains(file.getFileName().toString()));
    }
  }

  @Test
  void shouldNotServeFlippedBytes() throws IOException {
    // given
    openAndClose(live);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int found = 0;
    for (int round = 0; round < 60; round++) {
      Path copy = crashed(live, directory.resolve("copy" + round));
      flipped(random, tableFiles(copy));
      // when
      try (Store store = stores.open(copy, TABLES, StoreOptions.otherMonth())) {
        // then
        assertWhole(store, "seed " + seed + " round " + round);
      } catch (StoreException e) {
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  private static void assertWhole(Store store, String description) {
    for (int i = 0; i < 2_000; i += 7) {
      assertThat(store.get(RECORDS, key(i))).as(description).isEqualTo(new byte[100]);
    }
    int rows = 0;
    try (Scan scan = store.scan(RECORDS, key(0), key(Long.MAX_VALUE))) {
      for (; scan.next(); rows++) {
        assertThat(scan.key()).as(description).isEqualTo(key(rows));
        assertThat(scan.value()).as(description).isEqualTo(new byte[100]);
      }
    }
    assertThat(rows).as(description).isEqualTo(2_000);
    assertThat(store.get(META, utf8("position"))).as(description).isEqualTo(utf8("1"));
  }

  /** Flips one bit in one of the files, and answers which. */
  private static Path flipped(Random random, List<Path> files) throws IOException {
    Path file = files.get(random.nextInt(files.size()));
    byte[] content = Files.readAllBytes(file);
    content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, content);
    return file;
  }

  @Test
  void shouldNameAFileThatWasCut() throws IOException {
    // given
    openAndClose(live);
    try (Store store = stores.open(live, TABLES, StoreOptions.otherMonth())) {
      store.verify();
      Path file = tableFiles(live).get(0);
      byte[] content = Files.readAllBytes(file);
      // when
      Files.write(file, List.of());
      // then
      assertThatThrownBy(store::verify)
          .isInstanceOf(StoreException.Corrupt.class)
          .hasMessageContaining(file.getFileName().toString());
      Files.write(file, content);
      store.verify();
      Files.delete(file);
      assertThatThrownBy(store::verify).hasMessageContaining("missing");
    }
  }

  @Test
  void shouldKeepKeysOutOfItsLog() throws IOException {
    // given
    try (Store store = stores.open(live, TABLES, StoreOptions.otherMonth())) {
      put(store, META, utf8("canary-4711"), utf8("x"));
      store.flushAll();
    }
    openAndClose(live);
    // when
    try (Stream<Path> files = Files.list(live)) {
      List<Path> logs = files.filter(f -> f.getFileName().toString().startsWith("LOG")).toList();
      // then
      assertThat(logs).hasSizeBetween(1, 3);
      for (Path log : logs) {
        assertThat(Files.readString(log)).doesNotContain("canary-4711");
        assertThat(Files.size(log)).isLessThan(2 << 20);
      }
    }
  }

  private void openAndClose(Path path) {
    try (Store store = stores.open(path, TABLES, StoreOptions.otherMonth())) {
      StoreBatch batch = store.batch();
      for (int i = 0; i < 2_000; i++) {
        batch.put(RECORDS, key(i), new byte[100]);
        batch.put(StoreFixture.SUBJECTS, StoreFixture.hashed(i * 31L, i), new byte[0]);
      }
      batch.put(META, utf8("position"), utf8("1"));
      store.write(batch);
      store.flushAll();
    }
  }

  private static String wholeText(Throwable thrown) {
    return thrown.getMessage() + (thrown.getCause() == null ? "" : thrown.getCause().getMessage());
  }
}
