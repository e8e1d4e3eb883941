package vellum.core.journal;

/** How often was forced and how long it took. */
record ForceTimes(long count, long lastNanos, long totalNanos) {

  static final ForceTimes NONE = new ForceTimes(0, 0, 0);

  ForceTimes plus(long nanos) {
    return new ForceTimes(count + 1, nanos, totalNanos + nanos);
  }
}
