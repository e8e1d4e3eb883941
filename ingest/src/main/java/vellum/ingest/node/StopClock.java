package vellum.ingest.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time that a stop may take, from its beginning on. Three quarters of it are for what is still
 * to be answered and applied, the rest for the flush. Thread-safe.
 */
final class StopClock {

  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final Supplier<Duration> within;
  private final LongSupplier nanos;
  private final AtomicLong endNanos = new AtomicLong(NOT_BEGUN);

  /**
   * @param within how long a stop may take; asked when it begins
   * @param nanos monotonic
   */
  StopClock(Supplier<Duration> within, LongSupplier nanos) {
    this.within = within;
    this.nanos = nanos;
  }

  /** A stop begins; only the first time counts. */
  void begin() {
    endNanos.compareAndSet(NOT_BEGUN, nanos.getAsLong() + within.get().toNanos());
  }

  /** How long may still be waited for what is forced to be applied; begins the stop if need be. */
  long applyingMs() {
    begin();
    long left = endNanos.get() - within.get().toNanos() / 4 - nanos.getAsLong();
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(left));
  }
}
