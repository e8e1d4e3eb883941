package vellum.core.settlement;

import java.util.function.LongConsumer;

/** Port: the applier, standing between two batches. Thread-safe. */
public interface Standstill {

  /**
   * Runs a task while nothing is applied, and waits for it.
   *
   * @param task is given the journal sequence up to which all is applied
   * @throws SettlementException.NotReady when what the journal held at the start is not applied
   *     yet, or the applier is stopping
   */
  void run(LongConsumer task);

  /** Journal sequence up to which all is applied, refused as {@link #run} is. */
  long position();
}
