package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateMonthsTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path home;

  @Test
  void shouldMakeADataDirectoryThatLivedForMonths() throws IOException {
    // given
    Path data = home.resolve("data");
    // when
    int exitCode =
        terminal.run(
            "generate",
            "--months",
            4,
            "--records",
            401,
            "--subscribers",
            2000,
            "--late",
            0,
            "--data",
            data);
    // then
    assertThat(exitCode).as(terminal.err()).isZero();
    assertThat(terminal.out().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
        .anyMatch(line -> line.startsWith("2026-08.default LIVE 100 "))
        .anyMatch(line -> line.startsWith("2026-09.default LIVE 100 "))
        .anyMatch(line -> line.startsWith("2026-10.default LIVE 100 "))
        .anyMatch(line -> line.startsWith("2026-11.default LIVE 101 "))
        .anyMatch(line -> line.startsWith("2026-08.usage LIVE 5 "))
        .noneMatch(line -> line.contains("EXPIRED"));
    assertThat(terminal.err()).contains(" 0 rejected");
    assertThat(data.resolve("endpoint.json")).doesNotExist();
    assertThat(data.resolve("live/2026-08.default")).isDirectory();
  }

  @Test
  void shouldRefuseADirectoryThatHoldsSomething() throws IOException {
    Files.writeString(home.resolve("x"), "mine");
    assertThat(terminal.run("generate", "--months", 2, "--records", 10, "--data", home))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("is not empty");
    assertThat(terminal.run("generate", "--months", 2, "--records", 10)).isEqualTo(2);
    assertThat(terminal.run("generate", "--records", 10)).isEqualTo(2);
    assertThat(
            terminal.run("generate", "--months", 121, "--records", 10, "--data", home.resolve("d")))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("1 to 120");
  }
}
