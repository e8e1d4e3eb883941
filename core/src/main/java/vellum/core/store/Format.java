package vellum.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vellum.core.disk.Disk;

/**
 * The file that says a directory is a store and how it is written, read before the engine opens
 * anything: an older engine on newer files must not get the chance to repair them.
 *
 * <pre>
 *   FORMAT   "vellum store 1\n"
 * </pre>
 *
 * The format covers what this package decides (prefix, tables as column families, the engine's file
 * formats); what rows mean is their owners' business.
 */
final class Format {

  static final String FILE = "FORMAT";

  /** The format written. All from 1 to it are read. */
  static final int CURRENT = 1;

  private static final Pattern TEXT = Pattern.compile("vellum store ([1-9][0-9]{0,8})\n");
  private static final int MAX_FILE_BYTES = 64;

  private Format() {}

  /**
   * Checks a store's directory, or makes it when it is absent or empty.
   *
   * @throws StoreException.WrongFormat when it is something else, or newer
   * @throws StoreException.Corrupt when it holds tables that the engine would take for leftovers
   */
  static void prepare(Path directory, Disk disk) {
    try {
      if (!Files.isDirectory(directory)) {
        create(directory, disk);
      }
      if (Files.exists(directory.resolve(StoreLoad.DIRECTORY), LinkOption.NOFOLLOW_LINKS)) {
        throw new StoreException.WrongFormat("store's load is not finished: " + directory);
      }
      Path file = directory.resolve(FILE);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        check(file);
        checkPointer(directory);
      } else if (isEmpty(directory)) {
        write(directory, disk);
      } else {
        throw new StoreException.WrongFormat(
            "not a store: files, but none named " + FILE + ": " + directory);
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable("opening failed: " + directory, e);
    }
  }

  /** Makes a directory a store. */
  static void write(Path directory, Disk disk) throws IOException {
    disk.replace(directory.resolve(FILE), text(CURRENT).getBytes(StandardCharsets.US_ASCII));
  }

  static String text(int format) {
    return "vellum store " + format + "\n";
  }

  /** Makes a directory that only its owner reads. */
  static void create(Path directory, Disk disk) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      disk.forceDirectory(parent);
    }
  }

  private static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
      throw new StoreException.WrongFormat("not a store's format file: " + file);
    }
    byte[] content = Files.readAllBytes(file);
    Matcher matcher = TEXT.matcher(new String(content, StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      throw new StoreException.WrongFormat("not a store's format file: " + file);
    }
    int format = Integer.parseInt(matcher.group(1));
    if (format > CURRENT) {
      throw new StoreException.WrongFormat(
          "store has format " + format + ", this version reads 1 to " + CURRENT + ": " + file);
    }
  }

  /**
   * Without its CURRENT file the engine would start an empty database and delete the tables it
   * finds.
   */
  private static void checkPointer(Path directory) throws IOException {
    if (Files.exists(directory.resolve("CURRENT"))) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.anyMatch(file -> file.toString().endsWith(".sst"))) {
        throw new StoreException.Corrupt("tables, but no file CURRENT: " + directory, null);
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      // A crash before the first rename leaves the temporary file.
      return files.allMatch(file -> file.getFileName().toString().equals(FILE + ".tmp"));
    }
  }
}
