package vellum.ingest.server;

import java.util.List;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalException;
import vellum.core.seal.Rejected;
import vellum.core.seal.SealEpochs;

/**
 * A batch that waits for its answer, and the journal's receipt for it. The receipt is called on a
 * journal's thread, everything else is used on the connection's event loop.
 */
final class PendingBatch implements Journal.Receipt {

  /** What became of it. */
  enum Outcome {
    WAITING,
    DURABLE,
    FENCED,
    FAILED
  }

  private final Range range;
  private final long cameNanos;
  private final List<Rejected> rejected;
  private final SealEpochs.Ticket ticket;
  private final Runnable answered;
  private volatile Outcome outcome = Outcome.WAITING;

  /**
   * Where it stands in its stream.
   *
   * @param isWhole whether the client's batch ends with it, and so is acknowledged with it
   */
  record Range(long first, long last, boolean isWhole) {}

  /**
   * @param cameNanos when its frame was there, by the clock of {@link IngestStats}
   * @param ticket of the batch among those on their way to the journal; given back with the outcome
   * @param answered told when the outcome is there, on the journal's thread
   */
  PendingBatch(
      Range range,
      long cameNanos,
      List<Rejected> rejected,
      SealEpochs.Ticket ticket,
      Runnable answered) {
    this.ticket = ticket;
    this.range = range;
    this.cameNanos = cameNanos;
    this.rejected = rejected;
    this.answered = answered;
  }

  long firstSequence() {
    return range.first();
  }

  long lastSequence() {
    return range.last();
  }

  /** Whether the client's batch ends with it. */
  boolean isWhole() {
    return range.isWhole();
  }

  long cameNanos() {
    return cameNanos;
  }

  List<Rejected> rejected() {
    return rejected;
  }

  Outcome outcome() {
    return outcome;
  }

  @Override
  public void durable(long journalSequence) {
    answer(Outcome.DURABLE);
  }

  @Override
  public void fenced() {
    answer(Outcome.FENCED);
  }

  @Override
  public void failed(JournalException cause) {
    answer(Outcome.FAILED);
  }

  /** The journal was not given it, and will not be. */
  void drop() {
    ticket.close();
  }

  private void answer(Outcome result) {
    outcome = result;
    ticket.close();
    answered.run();
  }
}
