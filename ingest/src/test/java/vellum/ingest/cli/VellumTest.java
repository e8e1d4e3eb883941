package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import vellum.ingest.terminal.Screen;

final class VellumTest {

  private static final String NUMBER = "+491701234567";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;

  @Test
  void shouldExplainEveryCommandWithExamplesAndExitCodes() {
    // given
    List<List<String>> commands = new ArrayList<>();
    collect(
        Vellum.commandLine(
            new Screen(
                System.in,
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintStream(PrintStream.nullOutputStream()),
                Map.of(),
                false,
                false),
            InstantSource.system()),
        List.of(),
        commands);
    assertThat(commands).hasSizeGreaterThan(14);
    for (List<String> command : commands) {
      // when
      List<String> words = new ArrayList<>(command);
      words.add("--help");
      int exitCode = terminal.run(words.toArray());
      // then
      assertThat(exitCode).as(words.toString()).isZero();
      assertThat(terminal.out())
          .as(words.toString())
          .contains("Examples:")
          .contains("Exit codes:")
          .contains("  vellum " + String.join(" ", command))
          .doesNotContain("\u001B[");
      assertThat(terminal.err()).isEmpty();
    }
  }

  private static void collect(CommandLine of, List<String> path, List<List<String>> all) {
    all.add(path);
    of.getSubcommands()
        .forEach(
            (name, command) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              collect(command, longer, all);
            });
  }

  @Test
  void shouldColourHelpOnATerminalOnly() {
    terminal.person().run("--help");
    assertThat(terminal.out()).contains("\u001B[");
    terminal.with("NO_COLOR", "1").run("--help");
    assertThat(terminal.out()).doesNotContain("\u001B[");
  }

  @Test
  void shouldTellTheVersion() {
    assertThat(terminal.run("--version")).isZero();
    assertThat(terminal.out()).startsWith("vellum ").contains("Java ");
  }

  @Test
  void shouldAnswerUsageInOneLine() {
    for (Object[] words :
        new Object[][] {
          {},
          {"record"},
          {"account"},
          {"subject"},
          {"bogus"},
          {"record", "count", "--bogus"},
          {"record", "list", "--account", "a", "--from", "yesterday", "--to", "2026-01-01"},
          {"record", "list", "--account", "a", "--from", "2026-01-02", "--to", "2026-01-01"},
          {"record", "show", NUMBER},
          {"record", "count", NUMBER},
          {"subject", "find"},
          {"subject", "find", "-"},
          {"generate", "--records", "many", "--output", "x"},
          {"generate", "--records", "-1", "--output", "x"},
          {"demo", "--records", "1"},
          {"serve", "--tcp", "nowhere"},
          {"serve", "--set", "journal.bogus=1"},
          {"import", "x", "--format", "bogus"},
          {"import", directory.resolve("absent")},
          {"record", "count", "--output", "xml"}
        }) {
      // when
      int exitCode = terminal.run(words);
      // then
      assertThat(exitCode).as(String.join(" ", strings(words))).isEqualTo(2);
      assertThat(terminal.err().lines()).as(terminal.err()).hasSize(1);
      assertThat(terminal.err()).startsWith("vellum").doesNotContain(NUMBER);
      assertThat(terminal.out()).isEmpty();
    }
  }

  private static String[] strings(Object[] words) {
    String[] strings = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      strings[i] = words[i].toString();
    }
    return strings;
  }

  @Test
  void shouldSayHowToStartAServerThatIsNotThere() {
    assertThat(terminal.run("record", "count", "--data", directory)).isEqualTo(6);
    assertThat(terminal.err()).contains("vellum serve --data " + directory);
    assertThat(terminal.err().lines()).hasSize(1);
  }

  @Test
  void shouldFindTheDataDirectoryByTheEnvironment() {
    terminal.with("VELLUM_DATA", directory.toString());
    assertThat(terminal.run("status")).isEqualTo(6);
    assertThat(terminal.err()).contains(directory.toString());
  }

  @Test
  void shouldSayThatAServerWasKilled() throws Exception {
    // given: a server that left its endpoint behind
    FakeServer.start(directory).close();
    Path file = Files.writeString(directory.resolve("f.ndjson"), "{\"record_id\":\"x\"}\n");
    // then
    assertThat(terminal.run("status", "--data", directory)).isEqualTo(6);
    assertThat(terminal.err()).contains("no server answers");
    assertThat(terminal.run("import", file, "--data", directory)).isEqualTo(6);
    assertThat(terminal.err()).contains("no server listens");
  }

  @Test
  void shouldShowTheStackOnlyWhenDebugging() {
    terminal.with("VELLUM_DEBUG", "1").run("record", "count", "--data", directory);
    assertThat(terminal.err()).contains("\tat vellum.ingest");
  }
}
