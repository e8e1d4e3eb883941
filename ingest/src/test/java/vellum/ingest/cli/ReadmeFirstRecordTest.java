package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** The README's first records: its lines as they are printed, with fewer of them. */
@Timeout(120)
final class ReadmeFirstRecordTest {

  private static final String PRINTED = "--records 100000";

  @TempDir private Path directory;

  private final Terminal terminal = new Terminal();
  private String number = "";

  private static List<String> lines() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    String section = readme.substring(readme.indexOf("\n## A first record\n"));
    List<String> lines = section.split("```")[1].lines().filter(line -> !line.isBlank()).toList();
    assertThat(lines).hasSizeGreaterThan(8).anyMatch(line -> line.contains(PRINTED));
    assertThat(lines.get(0)).startsWith("./vellum serve --data data &");
    return lines.subList(1, lines.size());
  }

  /** What the shell makes of a script. */
  private String shell(String script) throws Exception {
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", script);
    bash.environment().put("number", number);
    Process process =
        bash.directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(script).isZero();
    return output;
  }

  /** Runs a command with the words that the shell makes of its line; files are in the directory. */
  private String run(String line) throws Exception {
    String words = shell("printf '%s\\0' " + line.substring("./vellum ".length()));
    Object[] arguments =
        Arrays.stream(words.split("\0"))
            .map(word -> word.matches("data|[a-z.]+\\.(yaml|gz)") ? directory + "/" + word : word)
            .toArray();
    assertThat(terminal.run(arguments)).as(line + ": " + terminal.err()).isZero();
    return terminal.out();
  }

  @Test
  void shouldWorkAsPrinted() throws Exception {
    String found = "";
    String revealed = "";
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      assertThat(node.token()).isNotEmpty();
      for (String line : lines()) {
        // when
        if (line.startsWith("number=")) {
          number = shell(line + "; printf %s \"$number\"");
        } else if (line.startsWith("./vellum ")) {
          String shown = run(line.replace(PRINTED, "--records 2000"));
          if (line.contains("subject find") && line.contains("--reveal")) {
            revealed = shown;
          } else if (line.contains("subject find")) {
            found = shown;
          }
        } else {
          assertThat(line).startsWith("#");
        }
      }
    }
    // then
    assertThat(number).matches("\\+[0-9]{8,15}");
    assertThat(found.lines()).as("a heading and a record").hasSizeGreaterThan(1);
    assertThat(found).doesNotContain(number);
    assertThat(revealed).contains(number);
  }
}
