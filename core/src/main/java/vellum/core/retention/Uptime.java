package vellum.core.retention;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a machine has been up: it goes on while a process is not there, so that two readings of
 * one boot measure a stop.
 *
 * @param boot names this boot of the machine: 1 to 64 characters, no blanks
 * @param nanos since the boot, the time that the machine slept included; 0 or more
 */
public record Uptime(String boot, long nanos) {

  private static final int MAX_BOOT_CHARS = 64;

  /** Readings are multiples of it, rounded down: Linux tells hundredths of a second. */
  private static final long STEP_NANOS = 10_000_000;

  public Uptime {
    if (boot.isEmpty()
        || boot.length() > MAX_BOOT_CHARS
        || !boot.chars().allMatch(Uptime::isMark)) {
      throw new IllegalArgumentException(
          "boot must have 1 to " + MAX_BOOT_CHARS + " printable characters: " + boot.length());
    }
    if (nanos < 0) {
      throw new IllegalArgumentException("nanos must be 0 or more: " + nanos);
    }
  }

  private static boolean isMark(int character) {
    return character > ' ' && character <= '~';
  }

  /**
   * The time between an earlier reading and this one, never more than it was; empty when they are
   * not of one boot, or a copy of the machine's memory was put back in between.
   */
  Optional<Duration> since(Uptime earlier) {
    if (!boot.equals(earlier.boot) || nanos < earlier.nanos) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Math.max(0, nanos - earlier.nanos - STEP_NANOS)));
  }
}
