package vellum.core.apply;

import java.util.OptionalLong;
import vellum.core.journal.Journal;
import vellum.core.seal.SealEpochs;

/**
 * The draining of the journal of what was sealed up to now: batches on their way are waited for,
 * all is applied and flushed, and every segment that may hold it is deleted. Begins with the first
 * {@link #step}; after a restart it is begun anew. For one thread.
 */
public final class JournalDrain {

  private final SealEpochs epochs;
  private final Journal journal;
  private final MonthFlusher flusher;
  private long epoch = -1;
  private long end = -1;
  private String waitsFor = "";

  public JournalDrain(SealEpochs epochs, Journal journal, MonthFlusher flusher) {
    this.epochs = epochs;
    this.journal = journal;
    this.flusher = flusher;
  }

  /** Goes on; returns the last sequence that held what was drained, or -1 while it waits. */
  public long step() {
    if (epoch < 0) {
      epoch = epochs.flip();
    }
    if (!epochs.drained(epoch)) {
      waitsFor = "batches that were sealed before are on their way to the journal";
      return -1;
    }
    if (end < 0) {
      end = journal.appended();
      journal.roll();
    }
    OptionalLong upTo = lastOfSegments();
    if (upTo.isEmpty()) {
      return end;
    }
    flusher.flushUpTo(upTo.getAsLong());
    waitsFor =
        "the journal's entries up to "
            + upTo.getAsLong()
            + " are to be applied and flushed, and their segments deleted";
    return -1;
  }

  /** What the last step waited for. */
  public String waitsFor() {
    return waitsFor;
  }

  /** The last sequence of the segments that begin at or before the end; empty when all are gone. */
  private OptionalLong lastOfSegments() {
    return journal.segments().stream()
        .filter(segment -> segment.first() <= end)
        .mapToLong(segment -> Math.max(end, segment.last()))
        .max();
  }
}
