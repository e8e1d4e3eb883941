package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names and sizes of the files of directories that are about to go. */
final class FileList {

  /** Files named in the evidence; of more there are a count and a digest. */
  static final int MAX_LISTED = 100;

  private FileList() {}

  /**
   * Lists all files under directories, by their paths from a root. Absent directories have none.
   */
  static Evidence.Removed of(Path root, List<Path> directories) {
    List<String> lines = new ArrayList<>();
    long bytes = 0;
    try {
      for (Path directory : directories) {
        for (Path file : files(directory)) {
          long size = Files.size(file);
          bytes += size;
          lines.add(root.relativize(file) + " " + size);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("files that are to go cannot be listed", e);
    }
    String digest = RowDigest.sha256(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    List<String> named = List.copyOf(lines.subList(0, Math.min(MAX_LISTED, lines.size())));
    return new Evidence.Removed(lines.size(), bytes, named, digest, null);
  }

  /** Bytes of all files under a directory; 0 when it is not there. */
  static long bytes(Path directory) {
    return of(directory, List.of(directory)).bytes();
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
