package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets a look-up see what was acknowledged before it: waits until the journal is applied up to
 * there. Thread-safe.
 */
final class Freshness {

  private static final long FIRST_NANOS = 100_000;
  private static final long MOST_NANOS = 5_000_000;

  private final LongSupplier acknowledged;
  private final LongSupplier applied;
  private final int mostMs;

  Freshness(LongSupplier acknowledged, LongSupplier applied, int mostMs) {
    this.acknowledged = acknowledged;
    this.applied = applied;
    this.mostMs = mostMs;
  }

  void await() {
    long target = acknowledged.getAsLong();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMs);
    long wait = FIRST_NANOS;
    while (applied.getAsLong() < target) {
      if (System.nanoTime() - deadline >= 0) {
        throw new Problem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "LAGGING",
            "records acknowledged before the request are not applied after " + mostMs + " ms");
      }
      LockSupport.parkNanos(this, wait);
      wait = Math.min(2 * wait, MOST_NANOS);
    }
  }
}
