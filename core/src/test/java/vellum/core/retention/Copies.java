package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import vellum.core.disk.RealDisk;

/** What a kill would leave: a copy of a directory's files as they are. */
public final class Copies {

  private Copies() {}

  /** Copies until no file came or went meanwhile. */
  public static void copy(Path from, Path to) {
    try {
      while (!copiedAtOneMoment(from, to)) {
        new RealDisk().deleteTree(to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names, sizes and times of all files. */
  static List<String> describe(Path directory) {
    try {
      return entries(directory).stream()
          .map(path -> path + " " + path.toFile().length() + " " + path.toFile().lastModified())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void delete(Path directory) {
    try {
      new RealDisk().deleteTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean copiedAtOneMoment(Path from, Path to) throws IOException {
    try {
      List<Path> before = entries(from);
      for (Path entry : before) {
        Path target = to.resolve(from.relativize(entry).toString());
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(entry, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      return entries(from).equals(before);
    } catch (NoSuchFileException deletedMeanwhile) {
      return false;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return false;
      }
      throw e;
    }
  }

  /** Directories and files, sorted files last: what names them is copied before. */
  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      return entries
          .sorted(
              Comparator.comparing((Path entry) -> entry.toString().endsWith(".sst"))
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    }
  }
}
