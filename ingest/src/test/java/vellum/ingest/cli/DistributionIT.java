package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as an operator unpacks it, on a machine that has a JDK and no sources. */
final class DistributionIT {

  @TempDir private Path directory;
  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    String archive = System.getProperty("vellum.distribution");
    assertThat(run(directory, "tar", "-xzf", archive, "-C", directory.toString())).isZero();
    try (Stream<Path> made = Files.list(directory).filter(Files::isDirectory)) {
      List<Path> directories = made.toList();
      assertThat(directories).hasSize(1);
      home = directories.get(0);
    }
  }

  @Test
  void shouldRunDemoWithoutSources() throws Exception {
    // when
    int ended = run(directory, home.resolve("vellum").toString(), "demo", "--records", "2000");
    // then
    String output = Files.readString(directory.resolve("log"));
    assertThat(ended).as(output).isZero();
    assertThat(output).endsWith("demo passed\n").doesNotContain("building");
  }

  @Test
  void shouldSayThatLoadProgramsNeedSources() throws Exception {
    // when
    int ended = run(directory, home.resolve("vellum").toString(), "bench", "load");
    // then
    assertThat(ended).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("log"))).contains("run from the sources");
  }

  @Test
  void shouldHoldWhatAnOperatorNeeds() {
    assertThat(home.resolve("vellum")).isExecutable();
    assertThat(home)
        .isDirectoryContaining("glob:**/vellum.jar")
        .isDirectoryContaining("glob:**/vellum-sbom.json")
        .isDirectoryContaining("glob:**/LICENSE")
        .isDirectoryContaining("glob:**/README.md");
    assertThat(home.resolve("config/vellum.yaml")).exists();
    assertThat(home.resolve("config/systemd/vellum.service")).exists();
  }

  private static int run(Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    boolean ended = process.waitFor(110, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(String.join(" ", command)).isTrue();
    return process.exitValue();
  }
}
