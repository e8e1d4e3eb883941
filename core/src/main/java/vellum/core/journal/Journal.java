package vellum.core.journal;

import java.util.List;
import vellum.core.seal.SealedBatch;

/**
 * The only durable log. It takes sealed batches, numbers them without gaps from 1 (the journal
 * sequence), forces them in groups and hands them to tails. Only what is forced can be tailed.
 *
 * <p>Producers' sequences are checked here and nowhere else, on the one thread that appends: a
 * batch of a fenced lease is refused, records up to the stream's last sequence are skipped.
 *
 * <p>Thread-safe. Receipts are called on the journal's own threads and must not block.
 */
public interface Journal extends AutoCloseable {

  /**
   * Takes over a stream: earlier leases of it are fenced from the moment the receipt is called.
   *
   * @param epoch at least 1; higher than the stream's restarts its sequence at 1
   * @param lastAnswered rejections after this sequence are repeated to the opener
   */
  Admission open(StreamId stream, long epoch, long lastAnswered, OpenReceipt receipt);

  /**
   * Queues a batch.
   *
   * @param firstSequence sequence in its stream of the batch's first record, at least 1
   * @return whether the receipt will be called
   */
  Admission append(StreamLease lease, long firstSequence, SealedBatch batch, Receipt receipt);

  /**
   * Queues a producer's word that its stream ends with a sequence. One later than came is written
   * down as a gap; the stream may go on all the same.
   *
   * @param last sequence in its stream, at least 1
   */
  Admission end(StreamLease lease, long last, Receipt receipt);

  /**
   * Queues a decision that changes what the applier does, in order with the records.
   *
   * @param payload its encoding, at most 64 KiB, without identities
   */
  Admission decide(byte[] payload, Receipt receipt);

  /** Asks for a new segment before the next batch. */
  void roll();

  /** Journal sequence of the last batch that a power cut would leave. 0 when there is none. */
  long forced();

  /** Journal sequence of the last batch appended. */
  long appended();

  /** Bytes of records appended and not yet {@linkplain #release released}. */
  long unreleasedBytes();

  /** A reader that starts behind the journal sequence {@code after}. */
  JournalTail tail(long after);

  /** Deletes the segments whose batches all have sequences up to {@code sequence}. */
  void release(long sequence);

  /** The segments on disk, oldest first. */
  List<Segment> segments();

  /** Whether batches are taken, and if not, why. */
  Admission admission();

  /** Forces what was appended, answers what waits, closes. */
  @Override
  void close();

  /** Whether something was taken in. */
  enum Admission {
    /** Yes; the receipt will be called exactly once. */
    TAKEN,
    /** The ring is full: wait and try again. */
    BUSY,
    /** Free space is below the reserve. */
    DISK_LOW,
    /** A force failed, or the journal was closed: nothing is taken until a restart. */
    FAILED
  }

  /** Answer to {@link #append}, {@link #end} and {@link #decide}. */
  interface Receipt {
    /**
     * Durable, as the ack mode says.
     *
     * @param journalSequence the batch's number; of the last batch of the stream when all of its
     *     records were there already
     */
    void durable(long journalSequence);

    /** A newer epoch or lease holds the stream; nothing of the batch was taken. */
    void fenced();

    /** The journal failed; whether the batch survives is unknown. */
    void failed(JournalException cause);
  }

  /** Answer to {@link #open}. */
  interface OpenReceipt {
    void opened(StreamLease lease);

    /** The epoch is older than the stream's; the current one is given. */
    void fenced(long currentEpoch);

    /** No further stream is taken. */
    void tooManyStreams(int limit);

    void failed(JournalException cause);
  }

  /**
   * A directory of the journal.
   *
   * @param generation number of the directory, never reused
   * @param first journal sequence of its first batch
   * @param last of its last one; {@code first - 1} when it is empty
   * @param bytes of its files
   */
  record Segment(long generation, long first, long last, long bytes) {}
}
