package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The README's curl examples, run as they are printed, in their order, from the project's root. */
final class ReadmeCurlTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir private static Path directory;
  private static Node node;

  @BeforeAll
  static void start() {
    node = NodeFixture.open(directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static List<String> examples() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    int from = readme.indexOf("\n## Over HTTP\n");
    String section = readme.substring(from, readme.indexOf("\n## ", from + 1));
    List<String> examples = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(section);
    while (blocks.find()) {
      if (blocks.group(1).contains("curl ")) {
        examples.add(blocks.group(1));
      }
    }
    return examples;
  }

  @TestFactory
  Stream<DynamicTest> shouldWorkAsPrinted() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is installed");
    List<String> examples = examples();
    assertThat(examples).hasSizeGreaterThan(8);
    return examples.stream().map(one -> DynamicTest.dynamicTest(one, () -> run(one)));
  }

  private static void run(String example) throws Exception {
    Path output = directory.resolve("output");
    ProcessBuilder shell = new ProcessBuilder("bash", "-eo", "pipefail", "-c", example);
    shell.environment().put("VELLUM", "http://127.0.0.1:" + node.httpAddress().getPort());
    shell.environment().put("TOKEN", node.token());
    Process process =
        shell
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as(example).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(Files.size(output)).as("it answers something").isPositive();
  }
}
