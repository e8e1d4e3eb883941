package vellum.core.apply;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalEntry;
import vellum.core.journal.JournalTail;
import vellum.core.journal.StreamStates;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.seal.EntryReader;

/**
 * The one reader of the journal that writes: takes what is forced, batch by batch, and brings it
 * into the live months exactly once. Each month's batch carries the position it brings the month
 * to, so a restart from the floor skips what a month has. A write that fails for want of space is
 * tried again by the next {@link #doWork}; nothing is passed over.
 *
 * <p>{@link #doWork} is for one thread; the rest is safe from any.
 */
public final class Applier implements AutoCloseable {

  /** Rounds without a message after which a month is no longer held open. */
  private static final int IDLE_ROUNDS = 256;

  private final Journal journal;
  private final RecordStore store;
  private final KeyRing keys;
  private final Checkpoint checkpoint;
  private final ApplyConfig config;
  private final LongSupplier nanoClock;
  private final FloorTracker floors;
  private final JournalTail tail;
  private final StreamStates streams;
  private final EntryReader entries = new EntryReader();
  private final Resolver resolver = new Resolver();
  private final Map<MonthId, MonthWork> works = new LinkedHashMap<>();

  private int gathered;
  private long first;
  private long last;
  private long checkpointed;
  private long checkpointedStreams;
  private long checkpointedAt;
  private long journalBytes;
  private long lastAppendedAtMicros;

  /** The entry being taken, while it is not taken whole. */
  private @Nullable JournalEntry current;

  /** Whether the cursor stands on a record that is not taken yet. */
  private boolean isBetween;

  private volatile ApplyProgress progress;

  /**
   * Starts behind the checkpoint's floor.
   *
   * @param nanoClock monotonic nanoseconds, for ages of what is not flushed
   */
  public Applier(
      Journal journal,
      RecordStore store,
      KeyRing keys,
      Checkpoint checkpoint,
      ApplyConfig config,
      LongSupplier nanoClock) {
    this.journal = journal;
    this.store = store;
    this.keys = keys;
    this.checkpoint = checkpoint;
    this.config = config;
    this.nanoClock = nanoClock;
    requireJournalOf(store, journal.forced());
    long floor = checkpoint.floor();
    this.floors = new FloorTracker(floor);
    this.streams = checkpoint.streams();
    this.tail = journal.tail(floor);
    this.last = floor;
    this.checkpointed = floor;
    this.checkpointedStreams = streams.sequence();
    this.checkpointedAt = nanoClock.getAsLong();
    this.progress = new ApplyProgress(floor, 0, 0, 0);
  }

  /** A month that is ahead of the journal would take later entries for ones that it has. */
  private static void requireJournalOf(RecordStore store, long forced) {
    for (MonthId month : store.months()) {
      try (RecordStore.Hold hold = store.hold(month)) {
        long position = hold.month().state().position();
        if (position > forced) {
          throw new ApplyException.AheadOfJournal(month, position, forced);
        }
      }
    }
  }

  /** Applies what is there, up to a bound; returns how many messages that were. */
  public int doWork() {
    gather();
    int messages = gathered;
    if (first != 0) {
      write();
    }
    checkpoint();
    return messages;
  }

  private void gather() {
    while (gathered < config.batchRecords()) {
      JournalEntry entry = current != null ? current : tail.next();
      if (entry == null) {
        break;
      }
      if (current == null) {
        begin(entry);
      }
      if (entry.kind() == JournalEntry.Kind.RECORDS) {
        gather(entry);
      }
      current = null;
    }
  }

  private void begin(JournalEntry entry) {
    current = entry;
    first = first == 0 ? entry.sequence() : first;
    last = entry.sequence();
    lastAppendedAtMicros = entry.appendedAtMicros();
    journalBytes += entry.bodyLength();
    streams.accept(entry);
    if (entry.kind() == JournalEntry.Kind.RECORDS) {
      entries.over(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
    }
  }

  /** Takes the entries of a batch; goes on where it stopped when a month could not be opened. */
  private void gather(JournalEntry entry) {
    while (isBetween || entries.next()) {
      isBetween = true;
      if (entries.place() >= entry.skip()) {
        MonthWork work = works.computeIfAbsent(entries.month(), this::work);
        if (!work.has(entry.sequence())) {
          work.pending.add(entries, entry.sequence());
          gathered++;
        }
      }
      isBetween = false;
    }
  }

  private MonthWork work(MonthId month) {
    return new MonthWork(store.hold(month), keys);
  }

  private void write() {
    for (MonthWork work : works.values()) {
      if (work.pending.count() > 0) {
        work.write(resolver, last);
        long now = nanoClock.getAsLong();
        floors.wrote(work.month().month(), first, last, journalBytes, now);
      }
    }
    floors.applied(last);
    progress =
        new ApplyProgress(last, progress.messages() + gathered, journalBytes, lastAppendedAtMicros);
    gathered = 0;
    first = 0;
    closeIdle();
  }

  private void closeIdle() {
    for (Iterator<MonthWork> all = works.values().iterator(); all.hasNext(); ) {
      MonthWork work = all.next();
      if (work.isIdle(IDLE_ROUNDS)) {
        all.remove();
        work.close();
      }
    }
  }

  private void checkpoint() {
    long now = nanoClock.getAsLong();
    if (now - checkpointedAt < config.checkpointEvery().toNanos()) {
      return;
    }
    checkpointedAt = now;
    advanceFloor();
  }

  /**
   * Writes the floor and how far the journal was read. The second shows a later start that entries
   * were there, should the journal's end be missing by then.
   */
  private void advanceFloor() {
    long floor = floors.floor();
    if (floor > checkpointed || streams.sequence() > checkpointedStreams) {
      checkpoint.write(floor, streams);
      checkpointedStreams = streams.sequence();
    }
    if (floor > checkpointed) {
      checkpointed = floor;
      journal.release(floor);
    }
  }

  /** How far the journal is applied. */
  public ApplyProgress progress() {
    return progress;
  }

  /** Sequence up to which every month has flushed. */
  public long floor() {
    return floors.floor();
  }

  FloorTracker floors() {
    return floors;
  }

  /** Writes the last checkpoint and closes the tail; the months are flushed before. */
  @Override
  public void close() {
    works.values().forEach(MonthWork::close);
    works.clear();
    advanceFloor();
    tail.close();
  }
}
