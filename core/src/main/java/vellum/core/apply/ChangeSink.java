package vellum.core.apply;

import vellum.core.period.MonthBatch;

/**
 * Hears of every message that changes a row of traffic, before the row is written, and may put what
 * follows from it into the same batch: written with the row, or not at all. Called by the applier's
 * thread, messages of one record in the order in which they came, records in the order of their
 * keys. When a batch is resolved again, all of its messages come again with an empty batch; after a
 * crash, those that were not flushed: what a sink puts must follow from the message, the row and
 * what the sink was told up to the message's sequence.
 */
@FunctionalInterface
public interface ChangeSink {

  /** Hears nothing. */
  ChangeSink NONE = (change, batch) -> {};

  /**
   * A message changed a row.
   *
   * @param change valid during the call only
   * @param batch of the record's month; its cells are moved by the applier, when all messages of
   *     the record are told
   */
  void changed(RowChange change, MonthBatch batch);
}
