package vellum.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the {@link ClockGuard} thinks of the wall clock, for status, metrics and alarms.
 *
 * @param cause why nothing is erased, or {@link Cause#TRUSTED}
 * @param by how far the wall clock is from what was expected of it: ahead is positive, back is
 *     negative; zero while it is trusted
 * @param wall the wall clock at the last look
 * @param trusted the latest instant that erasing decisions may use
 * @param behind while the clock is trusted, how far the guard is behind it because nobody measured
 *     stops: what is due is erased so much later
 */
public record ClockState(Cause cause, Duration by, Instant wall, Instant trusted, Duration behind) {

  private static final Duration LEAST_BEHIND = Duration.ofSeconds(1);

  /** Why a clock is not trusted. Names are on disk. */
  public enum Cause {
    /** Wall clock and monotonic clock agree. */
    TRUSTED,
    /**
     * While the process ran, the wall clock went further than the monotonic one; or over a restart
     * further than the machine's uptime.
     */
    CLOCK_JUMPED_AHEAD,
    /** The wall clock is before an instant that it had already shown. */
    CLOCK_WENT_BACK,
    /** Since the last trusted instant more time went by, it says, than stops may last. */
    LONG_GAP
  }

  /** This, seen by the wall clock at another time. */
  ClockState at(Instant now) {
    return new ClockState(cause, by, now, trusted, behind);
  }

  public boolean isTrusted() {
    return cause == Cause.TRUSTED;
  }

  /** Whether {@link ClockGuard#confirm} would change anything. */
  public boolean isConfirmable() {
    return !isTrusted() || behind.compareTo(LEAST_BEHIND) >= 0;
  }

  /** One line for people. */
  public String text() {
    return switch (cause) {
      case TRUSTED ->
          isConfirmable()
              ? "TRUSTED, "
                  + text(behind)
                  + " behind the wall clock: the time of a stop that nobody measured;"
                  + " confirm-clock catches up"
              : "TRUSTED: nothing to confirm";
      case CLOCK_JUMPED_AHEAD -> "CLOCK_JUMPED_AHEAD by " + text(by) + held();
      case CLOCK_WENT_BACK -> "CLOCK_WENT_BACK by " + text(by.negated()) + held();
      case LONG_GAP -> "LONG_GAP of " + text(by) + held();
    };
  }

  private String held() {
    return ": the wall clock says "
        + wall.truncatedTo(ChronoUnit.SECONDS)
        + ", nothing is erased after "
        + trusted.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Days, hours, minutes and seconds, without those that are 0. */
  private static String text(Duration length) {
    StringBuilder text = new StringBuilder();
    part(text, length.toDays(), " d");
    part(text, length.toHoursPart(), " h");
    part(text, length.toMinutesPart(), " min");
    part(text, length.toSecondsPart(), " s");
    return text.length() == 0 ? "less than 1 s" : text.toString();
  }

  private static void part(StringBuilder text, long number, String unit) {
    if (number != 0) {
      text.append(text.length() == 0 ? "" : " ").append(number).append(unit);
    }
  }
}
