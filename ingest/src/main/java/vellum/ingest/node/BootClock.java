package vellum.ingest.node;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import vellum.core.retention.Uptime;

/**
 * How long this machine has been up, as Linux tells it: proc(5). Empty on other systems, and when
 * what it tells makes no sense. Thread-safe.
 *
 * <pre>
 *   /proc/sys/kernel/random/boot_id   a UUID of this boot
 *   /proc/uptime                      seconds since it with hundredths, sleep included; a blank;
 *                                     seconds idle
 * </pre>
 */
final class BootClock implements Supplier<Optional<Uptime>> {

  private static final int NANOS_POINT = 9;

  private final Path bootId;
  private final Path uptime;

  private BootClock(Path bootId, Path uptime) {
    this.bootId = bootId;
    this.uptime = uptime;
  }

  static BootClock ofThisMachine() {
    return under(Path.of("/proc"));
  }

  /** With another root of the two files. */
  static BootClock under(Path proc) {
    return new BootClock(proc.resolve("sys/kernel/random/boot_id"), proc.resolve("uptime"));
  }

  @Override
  public Optional<Uptime> get() {
    try {
      String boot = Files.readString(bootId).strip();
      String seconds = Files.readString(uptime).strip().split(" ", 2)[0];
      long nanos = new BigDecimal(seconds).movePointRight(NANOS_POINT).longValueExact();
      return Optional.of(new Uptime(boot, nanos));
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
