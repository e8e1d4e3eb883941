package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileChangesTest {

  private static final Duration QUIET = Duration.ofMillis(300);

  @TempDir private Path directory;

  @Test
  void shouldNotWaitLongerThanItIsQuiet() throws IOException, InterruptedException {
    // given
    Files.writeString(directory.resolve("still"), "x");
    long before = System.nanoTime();

    // when
    long last = FileChanges.awaitNone(directory, QUIET);

    // then
    assertThat(last).isBetween(before, System.nanoTime() - QUIET.toNanos());
  }

  @Test
  void shouldWaitAsLongAsAFileGrows() throws IOException, InterruptedException {
    // given
    Path file = Files.createDirectories(directory.resolve("below")).resolve("growing");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    CompletableFuture<Void> growing = CompletableFuture.runAsync(() -> grow(file, until));

    // when
    long last = FileChanges.awaitNone(directory, QUIET);

    // then
    assertThat(last).isGreaterThan(until - QUIET.toNanos());
    growing.join();
  }

  private static void grow(Path file, long until) {
    try {
      while (System.nanoTime() - until < 0) {
        Files.writeString(file, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
