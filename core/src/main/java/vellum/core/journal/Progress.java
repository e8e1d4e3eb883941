package vellum.core.journal;

import org.jspecify.annotations.Nullable;

/**
 * How far the journal is: what its two workers tell each other and everybody else. Thread-safe;
 * each number has one writer.
 */
final class Progress {

  private volatile long appended;
  private volatile long forced;
  private volatile boolean closing;
  private volatile @Nullable JournalException failure;

  Progress(long last) {
    appended = last;
    forced = last;
  }

  long appended() {
    return appended;
  }

  void appended(long sequence) {
    appended = sequence;
  }

  long forced() {
    return forced;
  }

  void forced(long sequence) {
    forced = sequence;
  }

  /** Why nothing is taken any more, or null. */
  @Nullable JournalException failure() {
    return failure;
  }

  /** Ends the journal. The first cause stays. */
  synchronized void fail(JournalException cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Nothing new is taken; what was taken is still done. */
  void closing() {
    closing = true;
  }

  boolean takes() {
    return !closing && failure == null;
  }
}
