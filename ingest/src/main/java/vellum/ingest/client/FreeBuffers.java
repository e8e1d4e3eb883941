package vellum.ingest.client;

import java.util.ArrayDeque;

/**
 * Arrays of batches that were answered, to be filled again: a batch takes a quarter of a megabyte,
 * and lives so long that the collector would copy it. Guarded by its queue's lock.
 */
final class FreeBuffers {

  /** What is kept at most, by stream. */
  static final int MOST_BYTES = 8 << 20;

  private static final byte[] NONE = {};

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();
  private long kept;

  /** The one that came last, and may be too small; empty when there is none. */
  byte[] take() {
    byte[] found = free.pollLast();
    kept -= found == null ? 0 : found.length;
    return found == null ? NONE : found;
  }

  /**
   * Takes the array of a batch, if nobody can read it any more: everything up to a sequence is
   * answered. One that was sent twice may still lie in the second connection's output.
   */
  void give(SentBatch batch, long sequence) {
    byte[] bytes = batch.frame().bytes();
    boolean isOver = batch.frame().lastSequence() <= sequence && batch.wasSentOnce();
    if (isOver && kept + bytes.length <= MOST_BYTES) {
      free.addLast(bytes);
      kept += bytes.length;
    }
  }
}
