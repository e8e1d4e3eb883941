package vellum.bench.peers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches a directory from outside, for servers that tidy up when they like. */
final class FileChanges {

  private static final int POLL_MS = 50;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private FileChanges() {}

  /**
   * Waits until no file below the directory has come, gone or changed its length for so long.
   *
   * @return {@link System#nanoTime} of the last change seen, or of the call when there was none
   */
  static long awaitNone(Path directory, Duration quiet) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long last = start;
    Map<Path, Long> before = lengths(directory);
    while (System.nanoTime() - last < quiet.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
      Map<Path, Long> now = lengths(directory);
      if (!now.equals(before)) {
        last = System.nanoTime();
        before = now;
      }
      if (last - start > LONGEST.toNanos()) {
        throw new IOException("files still change after " + LONGEST + " in " + directory);
      }
    }
    return last;
  }

  private static Map<Path, Long> lengths(Path directory) throws IOException {
    Map<Path, Long> lengths = new HashMap<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            lengths.put(file, attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return lengths;
  }
}
