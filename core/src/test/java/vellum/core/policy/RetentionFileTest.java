package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that ships, and what its examples do once they are enabled. */
final class RetentionFileTest {

  private static final Path FILE = Path.of("..", "config", "retention.yaml");

  private static String shipped() {
    try (InputStream in = Files.newInputStream(FILE)) {
      return RetentionPolicy.text(in);
    } catch (IOException e) {
      throw new AssertionError("config/retention.yaml is one directory above the module", e);
    }
  }

  @Test
  void shouldShipTheBuiltInPolicyWithAllExamplesOff() {
    assertThat(RetentionPolicy.parse(shipped())).isEqualTo(RetentionPolicy.builtIn());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "croatia", "gb", "poland", "italy", "india", "germany", "spain", "brazil", "egypt"
      })
  void shouldAcceptEachExampleOnceEnabled(String name) {
    // given
    String off = "- name: " + name + "\n    enabled: false";
    assertThat(shipped()).contains(off);
    // when
    String enabled = shipped().replace(off, "- name: " + name);
    // then
    assertThat(RetentionPolicy.parse(enabled).named(name)).isPresent();
  }

  @Test
  void shouldAcceptAllExamplesTogether() {
    String enabled = shipped().replace("enabled: false", "enabled: true");

    assertThat(RetentionPolicy.parse(enabled).classes()).hasSize(10);
  }
}
