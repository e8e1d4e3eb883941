package vellum.core.retention;

import java.util.HashMap;
import java.util.Map;
import vellum.core.apply.JournalDrain;
import vellum.core.record.MonthId;

/**
 * The draining of what destroyed keys sealed out of the journal, for each month by itself. For one
 * thread.
 */
final class Drain {

  private final RetentionSetup setup;
  private final Blocks blocks;
  private final Map<MonthId, JournalDrain> drains = new HashMap<>();

  Drain(RetentionSetup setup, Blocks blocks) {
    this.setup = setup;
    this.blocks = blocks;
  }

  /** Goes on; returns the last sequence that held what the key sealed, or -1 while it waits. */
  long step(MonthId month) {
    JournalDrain drain =
        drains.computeIfAbsent(
            month, any -> new JournalDrain(setup.epochs(), setup.journal(), setup.flusher()));
    long end = drain.step();
    if (end < 0) {
      blocks.waits(month, drain.waitsFor());
    } else {
      drains.remove(month);
    }
    return end;
  }
}
