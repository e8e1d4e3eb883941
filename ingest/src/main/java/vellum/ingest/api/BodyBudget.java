package vellum.ingest.api;

import java.util.concurrent.Semaphore;

/**
 * Bytes that all bodies of records in memory may have together: a request takes its part before it
 * is read, so that slow senders of small bodies keep nobody out. Thread-safe.
 */
final class BodyBudget {

  private static final int UNIT_BYTES = 1024;

  private final Semaphore units;

  BodyBudget(long bytes) {
    this.units = new Semaphore((int) Math.min(Integer.MAX_VALUE, bytes / UNIT_BYTES));
  }

  /** Takes a part; false when there is not so much left. */
  boolean tryTake(long bytes) {
    return units.tryAcquire(units(bytes));
  }

  void giveBack(long bytes) {
    units.release(units(bytes));
  }

  private static int units(long bytes) {
    return (int) (bytes / UNIT_BYTES + 1);
  }
}
