package vellum.core.subject;

import vellum.core.record.MonthId;
import vellum.core.seal.SealedRecord;

/** Asked for each record before parts of it are erased. Thread-safe. */
@FunctionalInterface
public interface Held {

  /** Nothing is held. */
  Held NONE = (month, record) -> true;

  /**
   * Sees to it that every hold whose scope has the record has a copy of it in its vault.
   *
   * @return true when the copies are made, or none is needed; false when it is to be asked again
   */
  boolean keep(MonthId month, SealedRecord record);
}
