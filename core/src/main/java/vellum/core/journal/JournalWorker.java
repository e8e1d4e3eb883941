package vellum.core.journal;

/**
 * A piece of the journal's work that wants a thread of its own, which the caller gives and never
 * interrupts: an interrupt would close the file that is being forced.
 *
 * <pre>
 * while (running) {
 *   if (worker.doWork() == 0) {
 *     worker.await();
 *   }
 * }
 * </pre>
 *
 * {@link #doWork} and {@link #await} are for that thread, {@link #wake} for all.
 */
public interface JournalWorker {

  /** Name of the work, for its thread. */
  String name();

  /**
   * Does a bounded part of it. Returns how many things were done, 0 when there is nothing to do.
   */
  int doWork();

  /** Parks the calling thread until there may be work; not longer than a tenth of a second. */
  void await();

  /** Ends the parking. */
  void wake();
}
