package vellum.core.journal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far each producer's stream has come, at one position of the journal. The journal's appender
 * has one at its end; the applier may keep one at its floor and store it with {@link #encode}, from
 * where {@link ChronicleJournal#open} goes on.
 *
 * <p>Used by one thread at a time.
 */
public final class StreamStates {

  /** Days without an entry after which a stream may be forgotten. */
  static final int IDLE_DAYS = 35;

  private static final long IDLE_MICROS = IDLE_DAYS * 24L * 3600 * 1_000_000;

  private final Map<StreamId, StreamState> streams = new LinkedHashMap<>();
  private long sequence;

  /** Of an empty journal. */
  public StreamStates() {
    this(0);
  }

  StreamStates(long sequence) {
    this.sequence = sequence;
  }

  /**
   * Reads what {@link #encode} made.
   *
   * @throws JournalException.Corrupt when it is not that
   * @throws JournalException.WrongFormat when a newer version made it
   */
  public static StreamStates decode(byte[] encoded) {
    return StreamStatesCodec.decode(encoded);
  }

  /** Bytes with a format number and a checksum. */
  public byte[] encode() {
    return StreamStatesCodec.encode(this);
  }

  /** Journal sequence of the last entry that was accepted. */
  public long sequence() {
    return sequence;
  }

  /** How many streams are known. */
  public int size() {
    return streams.size();
  }

  /** When the newest entry of a stream was appended, microseconds since the epoch, UTC; or 0. */
  public long newestMicros() {
    return streams.values().stream().mapToLong(StreamState::changedAtMicros).max().orElse(0);
  }

  /** Last sequence of a stream, 0 when it is unknown or has none. */
  public long lastSequence(StreamId stream) {
    StreamState state = streams.get(stream);
    return state == null ? 0 : state.last();
  }

  /** Epoch of a stream, 0 when it is unknown. */
  public long epoch(StreamId stream) {
    StreamState state = streams.get(stream);
    return state == null ? 0 : state.epoch();
  }

  /** How far each stream has come, in no order. */
  public List<StreamProgress> list() {
    return streams.values().stream()
        .map(
            state ->
                new StreamProgress(
                    state.id(), state.epoch(), state.last(), state.changedAtMicros()))
        .toList();
  }

  /**
   * Advances over the next entry of the journal. One that was accepted before is ignored.
   *
   * @throws JournalException.Corrupt when entries between were left out
   */
  public void accept(JournalEntry entry) {
    if (entry.sequence() <= sequence) {
      return;
    }
    if (entry.sequence() != sequence + 1) {
      throw new JournalException.Corrupt(
          "entry " + entry.sequence() + " follows entry " + sequence);
    }
    switch (entry.kind()) {
      case RECORDS -> accept(entry, rejections(entry));
      case STREAM_OPENED -> opened(entry);
      case STREAM_ENDED -> {
        state(entry).ended(entry);
        sequence = entry.sequence();
      }
      case DECISION -> sequence = entry.sequence();
    }
  }

  /** As {@link #accept(JournalEntry)}, of records whose rejections were read before. */
  void accept(JournalEntry entry, int[] rejections) {
    state(entry).appended(entry, rejections);
    sequence = entry.sequence();
  }

  private StreamState state(JournalEntry entry) {
    StreamState state = entry.stream() == null ? null : streams.get(entry.stream());
    if (state == null || state.epoch() != entry.epoch()) {
      throw new JournalException.Corrupt(
          "entry " + entry.sequence() + " is of a stream that was not opened");
    }
    return state;
  }

  private static int[] rejections(JournalEntry entry) {
    try {
      return BodyRejections.of(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
    } catch (IllegalArgumentException malformed) {
      throw new JournalException.Corrupt(
          "entry " + entry.sequence() + ": " + malformed.getMessage(), malformed);
    }
  }

  private void opened(JournalEntry entry) {
    StreamId id = entry.stream();
    if (id == null) {
      throw new JournalException.Corrupt("entry " + entry.sequence() + " opens no stream");
    }
    StreamState state = streams.get(id);
    if (state == null) {
      forgetIdle(entry.appendedAtMicros());
      put(new StreamState(id, entry.epoch(), 0, entry.sequence(), entry.appendedAtMicros()));
    } else {
      state.opened(entry);
    }
    sequence = entry.sequence();
  }

  /**
   * Forgets streams that nothing was appended to for {@link #IDLE_DAYS} days, so that instances
   * with names of their own (pods) do not fill the limit in the end. Decided by the journal's
   * entries alone, so that every reader of it forgets the same ones. A client that comes back later
   * starts at 1 and resends; its records are recognised by their ids and versions.
   */
  private void forgetIdle(long nowMicros) {
    streams.values().removeIf(state -> isIdle(state, nowMicros));
  }

  /** How many streams are left when the next one is opened at a time. */
  int remembered(long nowMicros) {
    return (int) streams.values().stream().filter(state -> !isIdle(state, nowMicros)).count();
  }

  private static boolean isIdle(StreamState state, long nowMicros) {
    return nowMicros - state.changedAtMicros() > IDLE_MICROS;
  }

  void put(StreamState state) {
    streams.put(state.id(), state);
  }

  @Nullable StreamState find(StreamId stream) {
    return streams.get(stream);
  }

  Collection<StreamState> all() {
    return streams.values();
  }
}
