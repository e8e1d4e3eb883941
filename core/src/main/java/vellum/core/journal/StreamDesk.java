package vellum.core.journal;

import org.jspecify.annotations.Nullable;

/**
 * Decides about one command after the other by the rules of streams, and writes what is new.
 *
 * <ul>
 *   <li>A stream belongs to its newest lease; an older one is fenced.
 *   <li>A higher epoch restarts the stream at 1, by an entry of its own; a lower one is fenced.
 *   <li>Sequences up to the stream's last are skipped: a batch of none but these is answered with
 *       the entry that last changed its stream, once that is durable; of another the number of
 *       sequences to skip is written with it.
 *   <li>Sequences that were left out are accepted and counted.
 *   <li>A producer that ends with a later sequence than came gets an entry that says so; the stream
 *       stays where it is.
 * </ul>
 *
 * Used by the appender's thread.
 */
final class StreamDesk {

  private static final byte[] NO_BODY = {};
  private static final int[] NO_REJECTIONS = {};

  private final StreamStates states;
  private final EntryLog log;
  private final Counters counters;
  private final int maxStreams;
  private long lastLease;

  /**
   * A desk.
   *
   * @param generation of the process, from which lease numbers start, so that one that was given
   *     before the journal was opened again is never valid
   */
  StreamDesk(
      StreamStates states, EntryLog log, Counters counters, int maxStreams, long generation) {
    this.lastLease = generation << Integer.SIZE;
    this.states = states;
    this.log = log;
    this.counters = counters;
    this.maxStreams = maxStreams;
    counters.streams(states.size());
  }

  /** Does a command. Returns whether it is answered; otherwise its answer waits for a force. */
  boolean handle(Command command) {
    if (command instanceof Command.Open open) {
      return open(open);
    }
    if (command instanceof Command.End end) {
      return end(end);
    }
    Command.Append append = (Command.Append) command;
    return append.lease == null ? decide(append) : append(append, append.lease);
  }

  private boolean decide(Command.Append command) {
    JournalEntry entry = entry(JournalEntry.Kind.DECISION, null, 0, command, 0);
    write(entry, NO_REJECTIONS);
    command.await(entry.sequence());
    return false;
  }

  private boolean append(Command.Append command, StreamLease lease) {
    StreamState state = held(lease);
    if (state == null) {
      Receipts.call(command.receipt::fenced);
      return true;
    }
    long known = state.last();
    long lastOfBatch = command.firstSequence + command.sequences - 1;
    if (lastOfBatch <= known) {
      counters.duplicates(command.sequences);
      command.await(state.journalSequence());
      return false;
    }
    int skip = (int) Math.max(0, known - command.firstSequence + 1);
    counters.duplicates(skip);
    if (command.firstSequence > known + 1) {
      counters.gap();
    }
    JournalEntry entry =
        entry(JournalEntry.Kind.RECORDS, lease.stream(), lease.epoch(), command, skip);
    write(entry, command.rejections);
    command.await(entry.sequence());
    return false;
  }

  private boolean end(Command.End command) {
    StreamState state = held(command.lease);
    if (state == null) {
      Receipts.call(command.receipt::fenced);
      return true;
    }
    if (command.last > state.last()) {
      counters.gap();
      write(ending(command), NO_REJECTIONS);
    }
    command.await(state.journalSequence());
    return false;
  }

  /** The stream of a lease, or null when a newer one holds it. */
  private @Nullable StreamState held(StreamLease lease) {
    StreamState state = states.find(lease.stream());
    if (state == null || state.epoch() != lease.epoch() || state.lease() != lease.number()) {
      counters.fence();
      return null;
    }
    return state;
  }

  private boolean open(Command.Open command) {
    StreamState state = states.find(command.stream);
    if (state != null && command.epoch < state.epoch()) {
      counters.fence();
      long current = state.epoch();
      Receipts.call(() -> command.receipt.fenced(current));
      return true;
    }
    if (state == null && states.remembered(log.nowMicros()) >= maxStreams) {
      Receipts.call(() -> command.receipt.tooManyStreams(maxStreams));
      return true;
    }
    if (state == null || command.epoch > state.epoch()) {
      write(opening(command), NO_REJECTIONS);
      state = states.find(command.stream);
      counters.streams(states.size());
    }
    if (state == null) {
      throw new IllegalStateException("a stream that was opened is unknown");
    }
    state.lease(++lastLease);
    command.lease =
        new StreamLease(
            command.stream,
            command.epoch,
            lastLease,
            state.last(),
            state.rejections().after(command.lastAnswered));
    command.await(state.journalSequence());
    return false;
  }

  private JournalEntry opening(Command.Open command) {
    return mark(JournalEntry.Kind.STREAM_OPENED, command.stream, command.epoch, 1);
  }

  private JournalEntry ending(Command.End command) {
    StreamLease lease = command.lease;
    return mark(JournalEntry.Kind.STREAM_ENDED, lease.stream(), lease.epoch(), command.last);
  }

  private JournalEntry mark(JournalEntry.Kind kind, StreamId stream, long epoch, long sequence) {
    return new JournalEntry(
        log.nextSequence(), kind, log.nowMicros(), stream, epoch, sequence, 0, 0, NO_BODY, 0, 0);
  }

  private JournalEntry entry(
      JournalEntry.Kind kind,
      @Nullable StreamId stream,
      long epoch,
      Command.Append command,
      int skip) {
    return new JournalEntry(
        log.nextSequence(),
        kind,
        log.nowMicros(),
        stream,
        epoch,
        command.firstSequence,
        command.sequences,
        skip,
        command.takeBody(),
        0,
        command.bytes);
  }

  private void write(JournalEntry entry, int[] rejections) {
    counters.wrote(log.append(entry));
    if (entry.kind() == JournalEntry.Kind.RECORDS) {
      states.accept(entry, rejections);
    } else {
      states.accept(entry);
    }
  }
}
