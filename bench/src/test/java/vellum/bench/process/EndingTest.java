package vellum.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EndingTest {

  private static final int TERMINATED = 143;

  @Test
  void shouldKillItsProcessAndDeleteItsFilesOnSigterm(@TempDir Path logs) throws Exception {
    // given
    Process run = start(logs);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8))) {
      Path temporary = Path.of(out.readLine());
      Path withLogs = Path.of(out.readLine());
      ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(temporary.resolve("traffic")).exists();
      assertThat(child.isAlive()).isTrue();

      // when
      run.destroy();

      // then
      assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(run.exitValue()).isEqualTo(TERMINATED);
      assertThat(child.isAlive()).isFalse();
      assertThat(temporary).doesNotExist();
      assertThat(withLogs).isDirectoryContaining("glob:**.log");
      assertThat(withLogs.resolve("traffic")).doesNotExist();
    } finally {
      run.destroyForcibly();
    }
  }

  private static Process start(Path logs) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Run.class.getName(),
            logs.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A run that does not end by itself: prints its directories and its process, and waits. */
  static final class Run {
    private Run() {}

    public static void main(String[] args) throws Exception {
      WorkDirectory temporary = WorkDirectory.temporary();
      WorkDirectory withLogs = WorkDirectory.in(Path.of(args[0]));
      Files.writeString(temporary.path().resolve("traffic"), "numbers");
      Files.createDirectory(withLogs.path().resolve("traffic"));
      Files.writeString(withLogs.path().resolve("server.log"), "started");
      Process child = new ProcessBuilder(List.of("tail", "-f", "/dev/null")).start();
      Ending.kills(child, () -> child.destroyForcibly().onExit().join());
      System.out.println(temporary.path());
      System.out.println(withLogs.path());
      System.out.println(child.pid());
      Thread.currentThread().join();
    }
  }
}
