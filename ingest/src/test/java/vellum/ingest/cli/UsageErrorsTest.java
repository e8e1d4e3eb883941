package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import vellum.ingest.terminal.Screen;

/** What every command says of a value that an option cannot have. Needs no server. */
final class UsageErrorsTest {

  private static final List<String> NONSENSE =
      List.of("e", "2026-13-01", "x9", "99999999999999999999x");

  private final Terminal terminal = new Terminal();

  private static List<CommandSpec> commands() {
    Screen screen = Screen.ofProcess();
    List<CommandSpec> all = new ArrayList<>();
    add(all, Vellum.commandLine(screen, InstantSource.system()));
    return all;
  }

  private static void add(List<CommandSpec> all, CommandLine command) {
    all.add(command.getCommandSpec());
    command.getSubcommands().values().forEach(each -> add(all, each));
  }

  @Test
  void shouldSayWhatAnOptionTakesAndNoNameOfJava() {
    int tried = 0;
    for (CommandSpec command : commands()) {
      for (OptionSpec option : command.options()) {
        boolean isText = option.typeInfo().isCollection() || option.type() == String.class;
        if (isText || option.arity().max() == 0 || option.type() == java.nio.file.Path.class) {
          continue;
        }
        for (String value : NONSENSE) {
          // when
          List<String> words = new ArrayList<>();
          words.addAll(Arrays.asList(command.qualifiedName().split(" ")));
          words.remove(0);
          words.add(option.longestName());
          words.add(value);
          int exitCode = terminal.run(words.toArray());
          // then
          String said = command.qualifiedName() + ": " + option.longestName() + " must be ";
          assertThat(exitCode).as(terminal.err()).isEqualTo(ExitCode.USAGE);
          assertThat(terminal.err())
              .startsWith(said)
              .doesNotContain(value.length() > 1 ? value : "\u0000")
              .doesNotContain("another value")
              .doesNotContainPattern("java|Exception|convert|[a-z][A-Z]");
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(100);
  }

  @Test
  void shouldDescribeEveryCommandInWholeSentences() {
    for (CommandSpec command : commands()) {
      String[] description = command.usageMessage().description();
      // The first line is all that the list of a group's commands shows.
      if (description.length > 0) {
        assertThat(description[0]).as(command.qualifiedName()).endsWith(".");
      }
    }
  }

  @Test
  void shouldSayWhatToDoWithAGroup() {
    assertThat(terminal.run("suspense")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("say what to do: list, show, recycle, write-off");
  }
}
