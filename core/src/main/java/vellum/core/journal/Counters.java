package vellum.core.journal;

import java.util.concurrent.atomic.AtomicLong;

/** What the appender counts. It alone writes; all read. */
final class Counters {

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong fenced = new AtomicLong();
  private final AtomicLong rolls = new AtomicLong();
  private volatile int streams;

  void wrote(int more) {
    bytes.addAndGet(more);
  }

  void gap() {
    gaps.incrementAndGet();
  }

  void duplicates(long more) {
    duplicates.addAndGet(more);
  }

  void fence() {
    fenced.incrementAndGet();
  }

  void roll() {
    rolls.incrementAndGet();
  }

  void streams(int now) {
    streams = now;
  }

  long bytes() {
    return bytes.get();
  }

  long gaps() {
    return gaps.get();
  }

  long duplicates() {
    return duplicates.get();
  }

  long fenced() {
    return fenced.get();
  }

  long rolls() {
    return rolls.get();
  }

  int streams() {
    return streams;
  }
}
