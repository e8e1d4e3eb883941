package vellum.core.journal;

import org.jspecify.annotations.Nullable;

/**
 * Reads batches in order of their journal sequence, each exactly once, and never one that is not
 * forced. A gap, a bad checksum before the end, or a sequence out of order ends it with a {@link
 * JournalException}. Used by one thread.
 */
public interface JournalTail extends AutoCloseable {

  /** The next batch, or null when there is none now; valid until the next call. */
  @Nullable JournalEntry next();

  @Override
  void close();
}
