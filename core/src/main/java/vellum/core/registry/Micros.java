package vellum.core.registry;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Microseconds since the epoch, in UTC: the time of records. */
final class Micros {

  private static final Instant MIN = Instant.EPOCH;
  private static final Instant MAX = Instant.parse("9999-12-31T23:59:59Z");

  private Micros() {}

  /** Of an instant that {@link #check} passed. Allocates nothing. */
  static long of(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond())
        + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
  }

  static Instant check(String field, Instant instant) {
    if (instant.isBefore(MIN) || instant.isAfter(MAX)) {
      throw new IllegalArgumentException(field + " must be in the years 1970 to 9999");
    }
    return instant;
  }
}
