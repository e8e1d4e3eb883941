package vellum.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class BenchTest {

  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Bench.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load --records 0",
        "load --records -5",
        "load --aspects 1.5",
        "load --lag -1",
        "load --streams 0",
        "load --batch 0",
        "load --rate -1",
        "load --ack never",
        "load --cold -1",
        "load --then 0",
        "load --csv /nonexistent/x",
        "load --set nonsense=1",
        "load --set journal.ack",
        "load --set journal.ack=never",
        "growth --set nonsense=1",
        "lookups --set nonsense=1",
        "restart --set nonsense=1",
        "find --records 12",
        "find --questions 0",
        "find --csv /nonexistent/x",
        "growth --records 0",
        "lookups --questions 0",
        "lookups --seconds 0",
        "restart --backlogs -5",
        "rewrap --keys 0",
        "rewrap --keys 1000001",
        "totals --records 0",
        "totals --rounds 1",
        "totals --density 0",
        "billing --questions 0",
        "billing --accounts 0",
        "archive --records 0",
        "archive --minutes 0",
        "export --formats xml",
        "export --runs 0",
        "strip --records 0",
        "strip --csv /nonexistent/x",
        "strip --set nope=1",
        "micro --iterations 0",
        "micro [",
        "micro NoSuchThing.*",
        "peers --records 9999",
        "peers --rounds 0",
        "peers --out /proc/version/x",
        "peers --out /proc/nope/x"
      })
  void shouldRefuseWhatIsOutOfBoundsBeforeTheRun(String line) {
    // given
    String option = line.split(" ")[1];

    // when
    int code = run(line.split(" "));

    // then
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString().lines().findFirst().orElse("")).contains(option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "growth", "lookups", "restart", "strip"})
  void shouldRefuseADirectoryWithDataOfAnEarlierRun(String program, @TempDir Path directory)
      throws IOException {
    // given
    Path earlier =
        Files.createDirectory(directory.resolve(program.equals("restart") ? "data-250" : "data"));

    // when
    int code = run(program, "--records", "1", "--dir", directory.toString());

    // then
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("--dir " + directory + " has the " + earlier.getFileName());
    assertThat(directory.toFile().list()).containsExactly(earlier.toFile().getName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"load", "lookups", "restart", "strip", "export", "find", "totals", "peers"})
  void shouldRefuseMoreRecordsThanTheDiskHasRoomFor(String program) {
    // when
    int code = run(program, "--records", "99999999999");

    // then
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("99,999,999,999 records need about");
  }

  @Test
  void shouldTellADiskThatRefusesInALine(@TempDir Path directory) {
    // given
    CommandLine bench =
        Bench.commandLine()
            .addSubcommand("refused", new Refused(directory))
            .setErr(new PrintWriter(err, true));
    bench.setExecutionExceptionHandler(Bench.commandLine().getExecutionExceptionHandler());

    // when
    int code = bench.execute("refused");

    // then
    assertThat(code).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("refused: NoSuchFileException: " + directory);
  }

  /** Reads a file that is not there. */
  @CommandLine.Command(name = "refused")
  private record Refused(Path directory) implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() throws java.io.IOException {
      return java.nio.file.Files.readAllLines(directory.resolve("absent")).size();
    }
  }

  @Test
  void shouldShowEveryDefault() {
    // given
    List<String> silent = new ArrayList<>();

    // when
    Bench.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String usage = command.getUsageMessage();
              for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
                String value = option.defaultValue();
                if (value != null
                    && !usage.replaceAll("\\s+", " ").contains("(default: " + value)) {
                  silent.add(name + " " + option.longestName());
                }
              }
            });

    // then
    assertThat(silent).isEmpty();
  }
}
