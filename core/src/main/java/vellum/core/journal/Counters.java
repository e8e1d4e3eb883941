package vellum.core.journal;

/** What the appender counts. It alone writes; all read. */
final class Counters {

  private volatile long bytes;
  private volatile long gaps;
  private volatile long duplicates;
  private volatile long fenced;
  private volatile long rolls;
  private volatile int streams;

  void wrote(int more) {
    bytes = bytes + more;
  }

  void gap() {
    gaps = gaps + 1;
  }

  void duplicates(long more) {
    duplicates = duplicates + more;
  }

  void fence() {
    fenced = fenced + 1;
  }

  void roll() {
    rolls = rolls + 1;
  }

  void streams(int now) {
    streams = now;
  }

  long bytes() {
    return bytes;
  }

  long gaps() {
    return gaps;
  }

  long duplicates() {
    return duplicates;
  }

  long fenced() {
    return fenced;
  }

  long rolls() {
    return rolls;
  }

  int streams() {
    return streams;
  }
}
