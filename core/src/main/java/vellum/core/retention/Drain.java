package vellum.core.retention;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import vellum.core.apply.MonthFlusher;
import vellum.core.journal.Journal;
import vellum.core.record.MonthId;
import vellum.core.seal.SealEpochs;

/**
 * The draining of what a destroyed key sealed out of the journal: all of it applied and flushed,
 * and every segment that may hold it deleted. For one thread.
 */
final class Drain {

  private final SealEpochs sealing;
  private final Journal journal;
  private final MonthFlusher flusher;
  private final Blocks blocks;

  /** Last journal sequence that may hold what the key sealed. */
  private final Map<MonthId, Long> ends = new HashMap<>();

  /** Epoch of sealing that ended after the key. */
  private final Map<MonthId, Long> epochs = new HashMap<>();

  private final Set<MonthId> rolled = new HashSet<>();

  Drain(SealEpochs sealing, Journal journal, MonthFlusher flusher, Blocks blocks) {
    this.sealing = sealing;
    this.journal = journal;
    this.flusher = flusher;
    this.blocks = blocks;
  }

  /** Goes on; returns the last sequence that held what the key sealed, or -1 while it waits. */
  long step(MonthId month) {
    long epoch = epochs.computeIfAbsent(month, any -> sealing.flip());
    if (!sealing.drained(epoch)) {
      blocks.waits(month, "batches that its key sealed are on their way to the journal");
      return -1;
    }
    long end = ends.computeIfAbsent(month, any -> journal.appended());
    if (rolled.add(month)) {
      journal.roll();
    }
    OptionalLong upTo = lastOfSegments(end);
    if (upTo.isEmpty()) {
      ends.remove(month);
      rolled.remove(month);
      epochs.remove(month);
      return end;
    }
    flusher.flushUpTo(upTo.getAsLong());
    blocks.waits(
        month,
        "the journal's entries up to "
            + upTo.getAsLong()
            + " are to be applied and flushed, and their segments deleted");
    return -1;
  }

  /** The last sequence of the segments that begin at or before one; empty when all are gone. */
  private OptionalLong lastOfSegments(long end) {
    return journal.segments().stream()
        .filter(segment -> segment.first() <= end)
        .mapToLong(segment -> Math.max(end, segment.last()))
        .max();
  }
}
