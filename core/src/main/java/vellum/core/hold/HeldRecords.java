package vellum.core.hold;

import java.time.Instant;
import java.util.Optional;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthId;
import vellum.core.seal.HeldScope;

/**
 * Port: what {@link HoldWorker} asks of the vaults of holds. For one thread; each call does a
 * bounded amount of work, and may be repeated after a failure or a crash.
 */
public interface HeldRecords {

  /** Makes a vault and its key, if they are not there. */
  void make(MonthId vault);

  /** Copies some of what a hold is about out of the live months. */
  Progress copy(HeldScope scope);

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
   * @return how it ended, once it has
   */
  Optional<Ended> end(MonthId vault, Instant at);

  /**
   * A vault that is gone.
   *
   * @param key its end
   * @param records that were in it
   */
  record Ended(KeyRing.Destroyed key, long records) {}
}
