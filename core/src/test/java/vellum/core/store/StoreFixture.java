package vellum.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vellum.core.disk.RealDisk;

/** Tables and keys of the tests of this package. */
final class StoreFixture {

  static final Table RECORDS = new Table("records", 24, Table.Shape.TIME_ORDERED);
  static final Table SUBJECTS = new Table("subjects", 24, Table.Shape.HASHED);
  static final Table META = new Table("meta", 0, Table.Shape.SMALL);
  static final List<Table> TABLES = List.of(RECORDS, SUBJECTS, META);

  private StoreFixture() {}

  static Stores stores() {
    return new Stores(new RealDisk(), 32 << 20, 2);
  }

  /** A key of 24 bytes that sorts by the number. */
  static byte[] key(long number) {
    return ByteBuffer.allocate(24).putLong(0).putLong(number).array();
  }

  /** A key of 24 bytes with the number as its prefix of 8. */
  static byte[] hashed(long prefix, long rest) {
    return ByteBuffer.allocate(24).putLong(prefix).putLong(rest).array();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static void put(Store store, Table table, byte[] key, byte[] value) {
    StoreBatch batch = store.batch();
    batch.put(table, key, value);
    store.write(batch);
  }

  /**
   * The files of a directory as a crash would leave them, copied while the store is open: a copy is
   * of one moment when the manifest did not change meanwhile, for files go after it forgot them.
   */
  static Path crashed(Path directory, Path copy) {
    try {
      Files.createDirectories(copy);
      while (!copied(directory, copy)) {
        clear(copy);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean copied(Path directory, Path copy) throws IOException {
    String manifest = Files.readString(directory.resolve("CURRENT")).strip();
    byte[] content = Files.readAllBytes(directory.resolve(manifest));
    Files.write(copy.resolve(manifest), content);
    for (Path file : files(directory)) {
      Path target = copy.resolve(file.getFileName());
      try {
        if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      } catch (NoSuchFileException e) {
        return false;
      }
    }
    return Files.readString(directory.resolve("CURRENT")).strip().equals(manifest)
        && Arrays.equals(Files.readAllBytes(directory.resolve(manifest)), content);
  }

  private static void clear(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  static List<Path> tableFiles(Path directory) {
    try {
      return files(directory).stream().filter(f -> f.toString().endsWith(".sst")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first value byte of each row, in order. */
  static List<Integer> values(Scan scan) {
    List<Integer> values = new ArrayList<>();
    while (scan.next()) {
      values.add((int) scan.value()[0]);
    }
    return values;
  }
}
