package vellum.core.retention;

import vellum.core.record.MonthId;

/** Port: what the strip asks of those who seal and apply. Thread-safe. */
interface ApplySide {

  /** Whether every batch that was sealed with the month's key is in the journal. */
  boolean sealedAll(MonthId month);

  /** Journal sequence up to which entries are applied. */
  long applied();

  /** Flushes every month that holds entries up to a sequence in memory only. */
  void flushUpTo(long sequence);

  /**
   * Asks the applier to give a month to its archive between two batches: copies what changed since
   * the last catch-up, flushes both, and moves the catalog to SWITCHED.
   *
   * @return whether it is done; asked again until it is
   */
  boolean switchOver(MonthId month, long verifiedAt);
}
