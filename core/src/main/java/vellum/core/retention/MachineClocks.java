package vellum.core.retention;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clocks of a machine that the {@link ClockGuard} compares. Thread-safe when they are.
 *
 * @param wall may show anything
 * @param nanos monotonic clock, as {@link System#nanoTime}
 * @param uptime the machine's; empty where there is none, and where the other two are moved: each
 *     stop is then one that nobody measured
 */
public record MachineClocks(
    InstantSource wall, LongSupplier nanos, Supplier<Optional<Uptime>> uptime) {

  /** Two readings of the monotonic clock within it are one moment. */
  private static final long MOMENT_NANOS = 1_000_000_000;

  private static final int MAX_READINGS = 5;

  /** Wall clock and monotonic clock at one moment. */
  record Reading(Instant wall, long nanos) {}

  /**
   * Reads both clocks, again when the process was held up in between: the time that it stood still
   * would look like a difference of the two.
   */
  Reading read() {
    long before = nanos.getAsLong();
    for (int tries = 1; ; tries++) {
      Instant now = wall.instant();
      long after = nanos.getAsLong();
      if (after - before < MOMENT_NANOS || tries == MAX_READINGS) {
        return new Reading(now, after);
      }
      before = after;
    }
  }
}
