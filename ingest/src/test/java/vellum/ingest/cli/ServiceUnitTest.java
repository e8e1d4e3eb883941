package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit for systemd, and the figure that the documents say it is given. */
final class ServiceUnitTest {

  private static final Path ROOT = Path.of("..");
  private static final Path UNIT = ROOT.resolve("config/systemd/vellum.service");
  private static final Pattern FIGURE =
      Pattern.compile("Overall exposure level for vellum.service: (\\d+\\.\\d)");

  /** The version whose figure stands in the documents; another weighs and tests otherwise. */
  private static final String VERSION = "systemd 252 ";

  @TempDir private Path directory;

  @Test
  void shouldBeAsExposedAsTheDocumentsSay() throws Exception {
    // given
    Path log = directory.resolve("log");
    String documented = figure(Files.readString(ROOT.resolve("docs/INSTALL.md")));
    assertThat(figure(Files.readString(ROOT.resolve("README.md")))).isEqualTo(documented);
    assumeThat(Path.of("/usr/bin/systemd-analyze")).isExecutable();
    assertThat(Unpacked.run(log, "systemd-analyze", "--version")).isZero();
    boolean same = Files.readString(log).startsWith(VERSION);
    // when
    int ended = Unpacked.run(log, "systemd-analyze", "security", "--offline=true", UNIT);
    // then
    String output = Files.readString(log);
    assertThat(ended).as(output).isZero();
    if (same) {
      assertThat(figure(output)).isEqualTo(documented);
    } else {
      assertThat(Double.parseDouble(figure(output))).isLessThan(2.0);
    }
  }

  @Test
  void shouldKeepMemoryOffTheDisk() throws IOException {
    assertThat(Files.readAllLines(UNIT)).contains("LimitCORE=0", "MemorySwapMax=0");
  }

  private static String figure(String text) {
    Matcher figure = FIGURE.matcher(text);
    assertThat(figure.find()).as(text).isTrue();
    return figure.group(1);
  }
}
