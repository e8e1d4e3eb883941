package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreshPagesTest {

  private static final int PAGE = 4096;
  private static final byte OLD = 7;

  @TempDir Path directory;

  @Test
  void shouldMakePagesBehindAPositionAndLeaveItsOwn() throws IOException {
    // given a file that would show every byte that is written
    Path file = file(1 << 20);
    int position = 2 * PAGE + 100;

    // when
    try (FreshPages pages = new FreshPages(file)) {
      pages.make(position, 300_000);
    }

    // then
    byte[] bytes = Files.readAllBytes(file);
    int end = 76 * PAGE;
    assertThat(Arrays.copyOfRange(bytes, 0, 3 * PAGE)).containsOnly(OLD);
    assertThat(Arrays.copyOfRange(bytes, 3 * PAGE, position + 300_000)).containsOnly(0);
    assertThat(Arrays.copyOfRange(bytes, end, bytes.length)).containsOnly(OLD);
  }

  @Test
  void shouldNotMakeAPageTwice() throws IOException {
    // given
    Path file = file(1 << 20);
    try (FreshPages pages = new FreshPages(file)) {
      pages.make(PAGE, 10);
      byte[] made = Files.readAllBytes(file);
      Arrays.fill(made, PAGE, 10 * PAGE, OLD);
      Files.write(file, made);

      // when
      pages.make(3 * PAGE, 10);
      pages.make(10 * PAGE, 100_000);
    }

    // then
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Arrays.copyOfRange(bytes, 0, 10 * PAGE)).containsOnly(OLD);
    assertThat(Arrays.copyOfRange(bytes, 10 * PAGE, 10 * PAGE + 100_000)).containsOnly(0);
  }

  @Test
  void shouldMakeFewPagesAheadOfSmallEntries() throws IOException {
    // given
    Path file = file(1 << 20);

    // when
    try (FreshPages pages = new FreshPages(file)) {
      pages.make(0, 10);
    }

    // then 64 KiB
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Arrays.copyOfRange(bytes, 0, 64 * 1024)).containsOnly(0);
    assertThat(Arrays.copyOfRange(bytes, 64 * 1024, bytes.length)).containsOnly(OLD);
  }

  private Path file(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    Arrays.fill(content, OLD);
    return Files.write(directory.resolve("segment"), content);
  }
}
