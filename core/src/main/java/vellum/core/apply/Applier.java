package vellum.core.apply;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalEntry;
import vellum.core.journal.JournalTail;
import vellum.core.journal.StreamProgress;
import vellum.core.journal.StreamStates;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.EntryReader;
import vellum.core.strip.ArchiveKey;

/**
 * The one reader of the journal that writes: takes what is forced, batch by batch, and brings it
 * into the months, live and archived, exactly once. Each month's batch carries the position it
 * brings the month to, so a restart from the floor skips what a month has. A write that fails for
 * want of space is tried again by the next {@link #doWork}; nothing is passed over.
 *
 * <p>{@link #doWork} is for one thread; the rest is safe from any.
 */
public final class Applier implements AutoCloseable {

  private final Journal journal;
  private final RecordStore store;
  private final Checkpoint checkpoint;
  private final ApplyConfig config;
  private final LongSupplier nanoClock;
  private final FloorTracker floors;
  private final JournalTail tail;
  private final StreamStates streams;
  private final GapFinder gaps;
  private final EntryReader entries = new EntryReader();
  private Resolver liveResolver = new Resolver(RecordKey.BYTES, ChangeSink.NONE);
  private Resolver archiveResolver = new Resolver(ArchiveKey.BYTES, ChangeSink.NONE);
  private final MonthWorks works;
  private final Pause pause = new Pause();

  private int gathered;
  private long expired;
  private long first;
  private long last;
  private long checkpointed;
  private long checkpointedStreams;
  private long checkpointedAt;
  private long journalBytes;
  private long lastAppendedAtMicros;

  /** The entry being taken, while it is not taken whole. */
  private @Nullable JournalEntry current;

  /** The entry that is not begun before everything that came before it is written. */
  private @Nullable JournalEntry held;

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
      MonthKeys keys,
      Checkpoint checkpoint,
      ApplyConfig config,
      LongSupplier nanoClock) {
    this.journal = journal;
    this.store = store;
    this.works = new MonthWorks(store, keys);
    this.checkpoint = checkpoint;
    this.config = config;
    this.nanoClock = nanoClock;
    requireJournalOf(store, journal.forced());
    long floor = checkpoint.floor();
    this.floors = new FloorTracker(floor);
    this.streams = checkpoint.streams();
    this.gaps = new GapFinder(checkpoint.gaps(), streams);
    this.tail = journal.tail(floor);
    this.last = floor;
    this.checkpointed = floor;
    this.checkpointedStreams = streams.sequence();
    this.checkpointedAt = nanoClock.getAsLong();
    this.progress = new ApplyProgress(floor, 0, 0, 0, 0);
  }

  /** A month that is ahead of the journal would take later entries for ones that it has. */
  private static void requireJournalOf(RecordStore store, long forced) {
    for (MonthId month : store.months()) {
      try (RecordStore.Hold hold = store.hold(month)) {
        long position = hold.month().state().position();
        if (position > forced) {
          throw new ApplyException.AheadOfJournal(month, hold.month().owner(), position, forced);
        }
      }
    }
  }

  /** Says who hears what changes in months of traffic; before the first {@link #doWork}. */
  public void tell(ChangeSink changes) {
    liveResolver = new Resolver(RecordKey.BYTES, changes);
    archiveResolver = new Resolver(ArchiveKey.BYTES, changes);
  }

  /** Applies what is there, up to a bound; returns how many messages that were. */
  public int doWork() {
    works.dropDestroyed();
    if (first == 0 && current == null && pause.isRequested()) {
      pause();
    }
    gather();
    int messages = gathered;
    if (first != 0) {
      write();
    }
    checkpoint();
    return messages;
  }

  /**
   * Lets the applier's thread run a task between two of its batches: everything up to the journal
   * sequence that it is given is written, and nothing is on its way. The next message asks anew who
   * owns its month; so what the task does to a month's owner is seen by every message behind it.
   * Tasks are run one between two batches, in their order; each must end soon, for nothing is
   * applied meanwhile.
   *
   * @return completed by the applier's thread, with the task's failure if it fails; cancelled when
   *     the applier is closed before
   */
  public CompletableFuture<Void> between(LongConsumer task) {
    return pause.request(task);
  }

  /** How far each stream of the producers has come, between two batches; in no order. */
  public CompletableFuture<List<StreamProgress>> streams() {
    CompletableFuture<List<StreamProgress>> found = new CompletableFuture<>();
    return between(sequence -> found.complete(streams.list())).thenCompose(done -> found);
  }

  private void pause() {
    works.close();
    pause.run(last);
  }

  private void gather() {
    while (gathered < config.batchRecords()) {
      JournalEntry entry = current != null ? current : nextEntry();
      if (entry == null) {
        break;
      }
      if (current == null && held != null && first != 0) {
        // What it takes out of suspense may be put there by what is gathered: that is written
        // first.
        break;
      }
      held = null;
      if (current == null) {
        begin(entry);
      }
      if (entry.kind() == JournalEntry.Kind.RECORDS) {
        gather(entry);
      }
      current = null;
    }
  }

  /**
   * The next entry, with the cursor before its first record; held when it takes rows out of
   * suspense.
   */
  private @Nullable JournalEntry nextEntry() {
    if (held != null) {
      return held;
    }
    JournalEntry entry = tail.next();
    if (entry != null && entry.kind() == JournalEntry.Kind.RECORDS) {
      entries.over(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
      held = entries.takesFromSuspense() ? entry : null;
    }
    return entry;
  }

  private void begin(JournalEntry entry) {
    current = entry;
    first = first == 0 ? entry.sequence() : first;
    last = entry.sequence();
    lastAppendedAtMicros = entry.appendedAtMicros();
    journalBytes += entry.bodyLength();
    gaps.look(entry, streams);
    streams.accept(entry);
  }

  /** Takes the entries of a batch; goes on where it stopped when a month could not be opened. */
  private void gather(JournalEntry entry) {
    while (isBetween || entries.next()) {
      isBetween = true;
      if (entries.place() >= entry.skip()) {
        MonthWork work = works.of(entries.month());
        if (work == null) {
          // What was held beside its month and is held no more is no loss.
          expired += entries.month().kind() == MonthId.Kind.HOLD ? 0 : 1;
        } else if (!work.has(entry.sequence())) {
          take(work, entry);
        } else if (work.lacksIndex(entry.sequence())) {
          work.index(entries, entry);
          gathered++;
        }
      }
      isBetween = false;
    }
  }

  private void take(MonthWork work, JournalEntry entry) {
    if (work.add(entries, entry)) {
      gathered++;
    } else {
      expired++;
    }
  }

  private void write() {
    for (MonthWork work : works.all()) {
      if (!work.isEmpty()) {
        boolean isLive = work.month().owner() == Stage.Owner.LIVE;
        boolean notes = isLive && store.notesChanges(work.month().month());
        work.write(isLive ? liveResolver : archiveResolver, last, notes);
        long now = nanoClock.getAsLong();
        floors.wrote(work.month().month(), first, last, journalBytes, now);
      }
    }
    floors.applied(last);
    progress =
        new ApplyProgress(
            last, progress.messages() + gathered, expired, journalBytes, lastAppendedAtMicros);
    gathered = 0;
    first = 0;
    works.closeIdle();
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
      checkpoint.gaps().expire(lastAppendedAtMicros);
      checkpoint.write(floor, streams);
      checkpointedStreams = streams.sequence();
    }
    checkpointed = Math.max(checkpointed, floor);
    // Even when the floor stands: a segment may have been rolled since.
    journal.release(checkpointed);
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
    pause.end();
    works.close();
    advanceFloor();
    tail.close();
  }
}
