package vellum.core.seal;

import vellum.core.record.MonthId;

/** Port: what becomes of records of a period that come now. Thread-safe. */
public interface PeriodGate {

  /** The gate where nothing is ever erased. */
  PeriodGate ALWAYS =
      new PeriodGate() {
        @Override
        public Mode mode(MonthId month) {
          return Mode.SEAL;
        }

        @Override
        public long revision() {
          return 0;
        }
      };

  /** What is done with a record. */
  enum Mode {
    /** Its identities are sealed. */
    SEAL,
    /** It is taken without its identities: their key is gone, or goes. */
    STRIP,
    /** It is refused: nothing of its period is kept any more. */
    GONE
  }

  Mode mode(MonthId month);

  /**
   * Whether what comes for a month that is sealed is copied at once into the holds that it belongs
   * to: its key is about to go.
   */
  default boolean copiesHolds(MonthId month) {
    return false;
  }

  /** Grows whenever a mode may have changed; cheap, asked at every batch. */
  long revision();
}
