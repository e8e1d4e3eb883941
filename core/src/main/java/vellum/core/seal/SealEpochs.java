package vellum.core.seal;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The barrier behind which nothing sealed under old rules is on its way to the journal any more: a
 * batch enters when its sealing begins, before the {@link PeriodGate} is asked, and leaves when the
 * journal has answered for it or it is dropped. Whoever changed what the gate says ends the epoch,
 * and waits until it is drained: every batch that may have been sealed by the old answer is then in
 * the journal, or nowhere. Thread-safe.
 */
public final class SealEpochs {

  /** Epoch → batches that entered in it and have not left. */
  private final SortedMap<Long, Integer> inFlight = new TreeMap<>();

  private long epoch;

  /** A batch on its way; closing it again does nothing. */
  public final class Ticket implements AutoCloseable {
    private final long entered;
    private boolean left;

    private Ticket(long entered) {
      this.entered = entered;
    }

    @Override
    public void close() {
      synchronized (SealEpochs.this) {
        if (!left) {
          left = true;
          inFlight.merge(entered, -1, (all, one) -> all + one == 0 ? null : all + one);
        }
      }
    }
  }

  /** A batch begins to be sealed. */
  public synchronized Ticket enter() {
    inFlight.merge(epoch, 1, Integer::sum);
    return new Ticket(epoch);
  }

  /** Ends the epoch; returns its number. */
  public synchronized long flip() {
    return epoch++;
  }

  /** Whether every batch that entered in an epoch or before has left. */
  public synchronized boolean drained(long ended) {
    return inFlight.isEmpty() || inFlight.firstKey() > ended;
  }
}
