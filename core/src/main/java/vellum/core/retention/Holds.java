package vellum.core.retention;

import vellum.core.record.MonthId;

/** The orders that keep identities past their deadline, as a strip asks them. Thread-safe. */
@FunctionalInterface
public interface Holds {

  /** Nothing is held. */
  Holds NONE = month -> true;

  /**
   * Whether all that is held of the month is copied under the holds' own keys and verified, so that
   * the month's key may die.
   */
  boolean copied(MonthId month);
}
