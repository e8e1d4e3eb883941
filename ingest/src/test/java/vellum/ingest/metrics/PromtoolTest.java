package vellum.ingest.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The alerts' own tests, by Prometheus's tool, where it is on the PATH. */
final class PromtoolTest {

  private static final Path RULES = Path.of("../config/prometheus");

  @Test
  void shouldPassTheUnitTestsOfTheAlerts() throws Exception {
    String answer = promtool("test", "rules", "alerts_test.yaml");
    assertThat(answer).contains("SUCCESS").doesNotContain("FAILED");
  }

  @Test
  void shouldHaveNothingToComplainAbout() throws Exception {
    assertThat(promtool("check", "rules", "alerts.yaml")).contains("SUCCESS");
  }

  private static String promtool(String... arguments) throws Exception {
    assumeTrue(isOnThePath(), "promtool is not on the PATH (Debian: apt install prometheus)");
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).directory(RULES.toFile()).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(answer).isZero();
    return answer;
  }

  private static boolean isOnThePath() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
  }
}
