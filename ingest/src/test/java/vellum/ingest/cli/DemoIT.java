package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo of the runnable jar, with fewer records. */
final class DemoIT {

  @TempDir private Path directory;

  @Test
  void shouldPass() throws Exception {
    assertPasses("--records", "5000");
  }

  @Test
  void shouldTellTheStoryOfTheLaw() throws Exception {
    assertPasses("--story", "lawful");
  }

  private void assertPasses(String option, String value) throws Exception {
    // given
    Path log = directory.resolve("demo.log");
    // when
    Process demo = ServerProcess.jar(log, "demo", option, value);
    // then
    boolean ended = demo.waitFor(110, TimeUnit.SECONDS);
    demo.destroyForcibly();
    String output = Files.readString(log);
    assertThat(ended).as(output).isTrue();
    assertThat(output).endsWith("demo passed\n").doesNotContain("FAIL");
    assertThat(demo.exitValue()).isZero();
  }
}
