package vellum.core.retention;

import java.time.Duration;

/**
 * Settings of the {@link ClockGuard}.
 *
 * @param drift how far wall clock and monotonic clock may differ while the process runs, and how
 *     far the wall clock may be behind its last instant at a start; 1 s to 1 h. Small: steps below
 *     it are followed without asking.
 * @param gap how long stops that nobody measured may last together, by the wall clock, without
 *     anybody asked whether that is true; 1 min to 24 h. What is due is erased by so much later
 *     until an operator confirms the clock, and never earlier.
 * @param writeEvery how often the trusted instant is written to the disk; 1 s to 1 h
 */
public record ClockGuardConfig(Duration drift, Duration gap, Duration writeEvery) {

  public static final ClockGuardConfig DEFAULT =
      new ClockGuardConfig(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(10));

  public ClockGuardConfig {
    check("drift", drift, Duration.ofSeconds(1), Duration.ofHours(1));
    check("gap", gap, Duration.ofMinutes(1), Duration.ofHours(24));
    check("writeEvery", writeEvery, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  private static void check(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + value);
    }
  }
}
