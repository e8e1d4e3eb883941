package vellum.core.journal;

/** What is known of one stream. Used by one thread. */
final class StreamState {

  private final StreamId id;
  private final RecentRejections rejections = new RecentRejections();
  private long epoch;
  private long last;
  private long journalSequence;
  private long changedAtMicros;
  private long lease;

  StreamState(StreamId id, long epoch, long last, long journalSequence, long changedAtMicros) {
    this.id = id;
    this.epoch = epoch;
    this.last = last;
    this.journalSequence = journalSequence;
    this.changedAtMicros = changedAtMicros;
  }

  StreamId id() {
    return id;
  }

  long epoch() {
    return epoch;
  }

  /** Last sequence of the stream that is in the journal; 0 when there is none. */
  long last() {
    return last;
  }

  /** Journal sequence of the entry that last changed the stream. */
  long journalSequence() {
    return journalSequence;
  }

  /** When that entry was appended, microseconds since the epoch, UTC. */
  long changedAtMicros() {
    return changedAtMicros;
  }

  /** Number of the lease that may append; 0 when nobody may. Not kept over a restart. */
  long lease() {
    return lease;
  }

  void lease(long number) {
    lease = number;
  }

  RecentRejections rejections() {
    return rejections;
  }

  void opened(JournalEntry entry) {
    epoch = entry.epoch();
    last = 0;
    journalSequence = entry.sequence();
    changedAtMicros = entry.appendedAtMicros();
    rejections.clear();
  }

  /** The producer named a last sequence; what came stays what it is. */
  void ended(JournalEntry entry) {
    journalSequence = entry.sequence();
    changedAtMicros = entry.appendedAtMicros();
  }

  void appended(JournalEntry entry, int[] rejected) {
    for (int i = 0; i < rejected.length; i += 2) {
      if (rejected[i] >= entry.skip()) {
        rejections.add(entry.firstSequence() + rejected[i], rejected[i + 1]);
      }
    }
    last = entry.firstSequence() + entry.sequences() - 1;
    journalSequence = entry.sequence();
    changedAtMicros = entry.appendedAtMicros();
  }
}
