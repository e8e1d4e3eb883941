package vellum.core.hold;

import java.time.Instant;
import java.util.Optional;
import vellum.core.record.MonthId;
import vellum.core.retention.VaultEnd;

/**
 * Port: what {@link HoldWorker} asks of the vaults of holds. For one thread; each call does a
 * bounded amount of work, and may be repeated after a failure or a crash.
 */
public interface HeldRecords {

  /** Makes a vault and its key, if they are not there. */
  void make(MonthId vault);

  /** Copies some of what a hold is about out of the live months. */
  Progress copy(VaultScope scope);

  /** How far a copy has come. */
  enum Progress {
    /** It went on. */
    MOVED,
    /** It waits for something that comes by itself. */
    WAITS,
    /** All of it is copied and verified. */
    DONE
  }

  /** Records that a vault has. */
  long records(MonthId vault);

  /**
   * Takes a step towards the end of a vault: nothing goes into it any more, its key is destroyed,
   * its directory and what the journal has of it are gone.
   *
   * @param at when the hold ended
   * @return how it ended, once it has; the same whenever it is asked again
   */
  Optional<VaultEnd.Gone> destroy(MonthId vault, Instant at);
}
