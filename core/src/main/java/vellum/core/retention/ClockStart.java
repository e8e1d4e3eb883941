package vellum.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import vellum.core.retention.ClockState.Cause;

/**
 * What a start makes of the wall clock, by what is remembered. Immutable.
 *
 * <pre>
 *   remembered               found
 *   nothing                  the wall clock is believed
 *   newest record only       believed within gap after it
 *   last instant, measured   time went on by the uptime; the wall clock must agree within drift
 *   last instant, else       time stood still: the guard is behind the wall clock by the stop, and
 *                            by earlier ones; together gap at most
 * </pre>
 *
 * In each case a wall clock that is before what it showed, or before the newest record, by more
 * than drift went back.
 *
 * @param by how far the wall clock is from what was expected of it; zero while it is trusted
 * @param trusted the latest instant that erasing decisions may use
 * @param behind how far that is behind the wall clock because nobody measured stops
 */
record ClockStart(Cause cause, Duration by, Instant trusted, Duration behind) {

  /** What a start has to go by. */
  record Known(
      Optional<ClockMemory.Last> last,
      Optional<Instant> record,
      Instant wall,
      Optional<Uptime> uptime) {}

  static ClockStart of(ClockGuardConfig config, Known known) {
    Instant wall = known.wall;
    Optional<Duration> afterRecord = known.record.map(record -> Duration.between(record, wall));
    if (known.last.isEmpty()) {
      return first(config, wall, afterRecord);
    }
    ClockMemory.Last last = known.last.get();
    Optional<Duration> stop =
        known.uptime.flatMap(now -> last.uptime().flatMap(then -> now.since(then)));
    Instant expected = last.trusted().plus(stop.orElse(Duration.ZERO));
    Duration off = Duration.between(expected.plus(last.behind()), wall);
    Duration least = earlier(off, afterRecord.orElse(off));
    if (isBack(config, least)) {
      return stands(Cause.CLOCK_WENT_BACK, least, expected, wall);
    }
    if (stop.isPresent()) {
      return off.compareTo(config.drift()) > 0
          ? stands(Cause.CLOCK_JUMPED_AHEAD, off, expected, wall)
          : trusted(expected.plus(earlier(off, Duration.ZERO)), last.behind());
    }
    Duration behind = Duration.between(expected, wall);
    if (behind.compareTo(config.gap()) > 0) {
      return stands(Cause.LONG_GAP, behind, expected, wall);
    }
    return behind.isNegative() ? trusted(wall, Duration.ZERO) : trusted(expected, behind);
  }

  private static ClockStart first(
      ClockGuardConfig config, Instant wall, Optional<Duration> afterRecord) {
    Duration by = afterRecord.orElse(Duration.ZERO);
    Instant record = wall.minus(by);
    if (isBack(config, by)) {
      return stands(Cause.CLOCK_WENT_BACK, by, record, wall);
    }
    return by.compareTo(config.gap()) > 0
        ? stands(Cause.LONG_GAP, by, record, wall)
        : trusted(wall, Duration.ZERO);
  }

  private static boolean isBack(ClockGuardConfig config, Duration by) {
    return by.compareTo(config.drift().negated()) < 0;
  }

  private static ClockStart trusted(Instant trusted, Duration behind) {
    return new ClockStart(Cause.TRUSTED, Duration.ZERO, trusted, behind);
  }

  private static ClockStart stands(Cause cause, Duration by, Instant expected, Instant wall) {
    Instant floor = expected.isBefore(wall) ? expected : wall;
    return new ClockStart(cause, by, floor, Duration.ZERO);
  }

  private static Duration earlier(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
