package vellum.core.retention;

import java.time.Instant;
import vellum.core.record.MonthId;

/** The orders that keep identities past their deadline, as a strip asks them. Thread-safe. */
@FunctionalInterface
public interface Holds {

  /** Nothing is held. */
  Holds NONE = (month, deadline) -> true;

  /**
   * Whether all of the month that holds keep which were placed before its deadline is copied under
   * their own keys and verified, so that the month's key may die. What was placed later keeps
   * nothing of it.
   *
   * @param deadline of the month's identities
   */
  boolean copied(MonthId month, Instant deadline);

  /** The month's key dies now: nothing of it is copied any more. May be said again. */
  default void close(MonthId month) {}
}
