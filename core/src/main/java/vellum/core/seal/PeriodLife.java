package vellum.core.seal;

import vellum.core.record.MonthId;

/** Port: how far a period is in its life, as sealing must know it. Thread-safe; cheap. */
public interface PeriodLife {

  /** Whether identities of the period may still be sealed, as far as its stage says. */
  boolean isSealing(MonthId month);

  /**
   * Whether what comes for the period now is copied into the holds that it belongs to, as far as
   * its stage says: from shortly before its deadline on, and after it.
   */
  default boolean isCopyingHolds(MonthId month) {
    return false;
  }

  /** Whether the period is removed, or being removed. */
  boolean isGone(MonthId month);

  /** Grows whenever an answer may have changed. */
  long revision();
}
