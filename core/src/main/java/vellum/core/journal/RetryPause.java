package vellum.core.journal;

/**
 * The pause before something that was not taken is tried again: 1 ms, then twice as long each time,
 * up to 50 ms. For one thread at a time.
 */
final class RetryPause {

  private static final long LEAST_NANOS = 1_000_000;
  private static final long MOST_NANOS = 50_000_000;

  private long next = LEAST_NANOS;

  /** Length of this pause in nanoseconds. */
  long nanos() {
    long now = next;
    next = Math.min(2 * now, MOST_NANOS);
    return now;
  }

  /** Something was taken. */
  void reset() {
    next = LEAST_NANOS;
  }
}
