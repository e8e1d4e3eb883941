package vellum.core.journal;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.SealEpochs;

/**
 * Opens the streams into which the server itself writes: re-rated records, recycled ones. What they
 * write goes the way of everybody's records: sealed by the rules of the moment, journaled, applied.
 * Thread-safe.
 *
 * @param sealers makes a sealer for one batch, so that no cipher of a destroyed key is kept
 * @param epochs the barrier that a batch passes from its sealing to its answer
 * @param throttled whether the applier is so far behind that nothing more is to be taken
 * @param nanoClock monotonic nanoseconds, for how long a caller waits
 */
public record OwnStreams(
    Journal journal,
    Supplier<BatchSealer> sealers,
    SealEpochs epochs,
    BooleanSupplier throttled,
    LongSupplier nanoClock) {

  /** Name of the producer of these streams; nobody else may have it, however it is written. */
  public static final String PRODUCER = "vellum";

  /** Whether a producer's name is the server's own. */
  public static boolean isReserved(String producer) {
    return producer.equalsIgnoreCase(PRODUCER);
  }

  /**
   * A stream, which the journal is asked for with the first batch.
   *
   * @param use what it is for, its instance: a name that stands in the report of producers
   */
  public OwnStream open(String use) {
    return new OwnStream(this, new StreamId(PRODUCER, use, 0));
  }
}
