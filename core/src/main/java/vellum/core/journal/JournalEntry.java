package vellum.core.journal;

import org.jspecify.annotations.Nullable;

/**
 * A batch or decision as it was read. The buffer is the tail's and valid until its next call.
 *
 * @param sequence journal sequence
 * @param kind what the body is
 * @param appendedAtMicros when it was appended, microseconds since the epoch, UTC
 * @param stream whose records they are; null for a decision
 * @param epoch of the stream
 * @param firstSequence sequence in the stream of the batch's first record; of STREAM_ENDED, the
 *     last one that the producer named
 * @param sequences how many sequences the batch covers, rejected ones included
 * @param skip how many of them, at the start, were there before and are not to be applied
 * @param buffer holds the body
 */
public record JournalEntry(
    long sequence,
    Kind kind,
    long appendedAtMicros,
    @Nullable StreamId stream,
    long epoch,
    long firstSequence,
    int sequences,
    int skip,
    byte[] buffer,
    int bodyOffset,
    int bodyLength) {

  /** What a body is. Ids are on disk. */
  public enum Kind {
    /** Body of a {@link vellum.core.seal.SealedBatch}. */
    RECORDS(1),
    /** A decision of {@link Journal#decide}. */
    DECISION(2),
    /** A stream was taken over with a new epoch; no body. */
    STREAM_OPENED(3),
    /** A producer said goodbye with a later sequence than came; no body. */
    STREAM_ENDED(4);

    private final short id;

    Kind(int id) {
      this.id = (short) id;
    }

    short id() {
      return id;
    }

    static @Nullable Kind of(int id) {
      for (Kind kind : values()) {
        if (kind.id == id) {
          return kind;
        }
      }
      return null;
    }
  }
}
