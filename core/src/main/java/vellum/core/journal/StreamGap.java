package vellum.core.journal;

/**
 * Sequences of a stream that never came: a producer went on behind them, or said goodbye with them.
 *
 * @param stream whose they are
 * @param epoch of the stream
 * @param first of the sequences
 * @param last of them, at least {@code first}
 * @param foundAtMicros when the entry that shows the gap was appended, microseconds since the
 *     epoch, UTC
 * @param journalSequence of that entry; no two gaps have the same
 * @param cause how it shows
 */
public record StreamGap(
    StreamId stream,
    long epoch,
    long first,
    long last,
    long foundAtMicros,
    long journalSequence,
    Cause cause) {

  /** How a gap shows. Ids are on disk. */
  public enum Cause {
    /** A batch with later sequences came; what is missing would be skipped now. */
    SKIPPED(1),
    /** The producer named its last sequence; what comes after all in the same epoch is taken. */
    GOODBYE(2);

    private final int id;

    Cause(int id) {
      this.id = id;
    }

    public int id() {
      return id;
    }

    /**
     * The cause of an id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Cause of(int id) {
      for (Cause cause : values()) {
        if (cause.id == id) {
          return cause;
        }
      }
      throw new IllegalArgumentException("no cause has the id " + id);
    }
  }

  public StreamGap {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("a gap from " + first + " to " + last);
    }
  }

  /** How many sequences. */
  public long sequences() {
    return last - first + 1;
  }

  /** The same gap with another range. */
  public StreamGap of(long newFirst, long newLast) {
    return new StreamGap(stream, epoch, newFirst, newLast, foundAtMicros, journalSequence, cause);
  }
}
