package vellum.bench.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the system keeps of files in memory. GNU's {@code dd} can ask it to forget a file; Java
 * cannot. No state.
 */
final class PageCache {

  private PageCache() {}

  /**
   * Has all files of a directory forgotten, which nobody has mapped and which are on the disk.
   *
   * @return false when there is no program for it here
   */
  static boolean drop(Path directory) throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      if (!dropFile(file)) {
        return false;
      }
    }
    return true;
  }

  private static boolean dropFile(Path file) throws InterruptedException {
    try {
      return new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
