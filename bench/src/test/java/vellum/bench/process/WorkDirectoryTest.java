package vellum.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkDirectoryTest {

  @Test
  void shouldDeleteATemporaryOne() throws IOException {
    // given
    Path path;

    // when
    try (WorkDirectory work = WorkDirectory.of(null)) {
      path = work.path();
      Files.writeString(path.resolve("traffic"), "numbers");
    }

    // then
    assertThat(path).doesNotExist();
  }

  @Test
  void shouldLeaveAKeptOneAsItIs(@TempDir Path kept) throws IOException {
    // when
    try (WorkDirectory work = WorkDirectory.of(kept)) {
      Files.writeString(work.path().resolve("traffic"), "numbers");
      work.drop(work.path().resolve("traffic"));
    }

    // then
    assertThat(kept.resolve("traffic")).hasContent("numbers");
  }

  @Test
  void shouldLeaveOnlyLogs(@TempDir Path parent) throws IOException {
    // given
    Path path;

    // when
    try (WorkDirectory work = WorkDirectory.in(parent)) {
      path = work.path();
      Files.createDirectories(path.resolve("data").resolve("live"));
      Files.writeString(path.resolve("server.log"), "started");
    }

    // then
    assertThat(path.getParent()).isEqualTo(parent);
    assertThat(path.toFile().list()).containsExactly("server.log");
  }
}
