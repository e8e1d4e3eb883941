package vellum.core.retention;

import java.time.Duration;

/**
 * Settings of the {@link ClockGuard}.
 *
 * @param drift how far wall clock and monotonic clock may differ while the process runs, and how
 *     far the wall clock may be behind its last instant at a start; 1 s to 1 h. Small: steps below
 *     it are followed without asking.
 * @param gap how long the process may have been down, by the wall clock, without anybody asked
 *     whether that is true; 1 h to 31 d. Small: a clock that is wrong at a start by less than this
 *     is believed.
 * @param writeEvery how often the trusted instant is written to the disk; 1 s to 1 h
 */
public record ClockGuardConfig(Duration drift, Duration gap, Duration writeEvery) {

  public static final ClockGuardConfig DEFAULT =
      new ClockGuardConfig(Duration.ofMinutes(5), Duration.ofDays(7), Duration.ofSeconds(10));

  public ClockGuardConfig {
    check("drift", drift, Duration.ofSeconds(1), Duration.ofHours(1));
    check("gap", gap, Duration.ofHours(1), Duration.ofDays(31));
    check("writeEvery", writeEvery, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  private static void check(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + value);
    }
  }
}
