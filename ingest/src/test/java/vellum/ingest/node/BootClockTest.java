package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.retention.Uptime;

/** The uptime as proc(5) describes it. */
final class BootClockTest {

  private static final String BOOT = "6fc0cf4e-5b2a-4d8b-9a55-0f1ad1a0b8de";

  @TempDir private Path proc;

  @BeforeEach
  void boot() throws IOException {
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), BOOT + "\n");
  }

  @Test
  void shouldReadTheTimeSinceTheBoot() throws IOException {
    Files.writeString(proc.resolve("uptime"), "351735.47 1402917.16\n");
    assertThat(BootClock.under(proc).get()).contains(new Uptime(BOOT, 351_735_470_000_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1.00 2.00", "one two", "1e99 1", "1.00,2", "NaN 0"})
  void shouldTellNothingOfWhatMakesNoSense(String text) throws IOException {
    Files.writeString(proc.resolve("uptime"), text);
    assertThat(BootClock.under(proc).get()).isEmpty();
  }

  @Test
  void shouldTellNothingWithoutTheFiles() throws IOException {
    assertThat(BootClock.under(proc).get()).isEmpty();
    Files.writeString(proc.resolve("uptime"), "1.00 2.00\n");
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "\n");
    assertThat(BootClock.under(proc).get()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldTellTheUptimeOfThisMachine() {
    Uptime first = BootClock.ofThisMachine().get().orElseThrow();
    Uptime second = BootClock.ofThisMachine().get().orElseThrow();
    assertThat(second.boot()).isEqualTo(first.boot());
    assertThat(second.nanos()).isGreaterThanOrEqualTo(first.nanos()).isPositive();
  }
}
