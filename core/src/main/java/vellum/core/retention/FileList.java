package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names and sizes of the files of directories. */
final class FileList {

  private FileList() {}

  /** All files under directories that are about to go, by their paths from a root. */
  static Evidence.Removed of(Path root, List<Path> directories) {
    List<RemovedFiles.RemovedFile> files = new ArrayList<>();
    for (Path directory : directories) {
      for (Path file : files(directory)) {
        files.add(
            new RemovedFiles.RemovedFile(root.relativize(file).toString(), file.toFile().length()));
      }
    }
    RemovedFiles list = RemovedFiles.of(Instant.EPOCH, files);
    return new Evidence.Removed(null, list.count(), list.bytes(), list.digest(), list.listed());
  }

  /** Bytes of all files under a directory; 0 when it is not there. */
  static long bytes(Path directory) {
    return files(directory).stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the files of " + directory + " cannot be listed", e);
    }
  }
}
