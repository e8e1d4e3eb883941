package vellum.core.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import vellum.core.period.RecordStore;
import vellum.core.record.Bytes;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;

/**
 * Begins exports of records: holds the months concerned, then lets the applier begin a scan of each
 * between two of its batches, so that all are of one journal position. Thread-safe.
 */
public final class RecordSnapshot {

  private static final int TRIES = 3;
  private static final long WAIT_SECONDS = 20;

  private final RecordStore store;
  private final MonthCalendar calendar;
  private final Function<LongConsumer, CompletableFuture<Void>> between;

  /**
   * @param between runs a task between two batches of the applier, with the journal sequence up to
   *     which everything is written: {@code Applier::between}
   */
  public RecordSnapshot(
      RecordStore store,
      MonthCalendar calendar,
      Function<LongConsumer, CompletableFuture<Void>> between) {
    this.store = store;
    this.calendar = calendar;
    this.between = between;
  }

  /** The records of a query as they are now; to be closed. */
  public RowSource open(RecordQuery query) {
    for (int i = 0; i < TRIES; i++) {
      RowSource source = tryToOpen(query);
      if (source != null) {
        return source;
      }
    }
    throw new ExportException.Busy("months came or went each time the export was to begin");
  }

  /** Null when a month came or changed its owner between holding and scanning. */
  private @Nullable RowSource tryToOpen(RecordQuery query) {
    List<RecordStore.Hold> holds = new ArrayList<>();
    List<SnapshotMonth> months = new ArrayList<>();
    Opening opening = new Opening(query, holds, months);
    try {
      SortedSet<MonthId> wanted = months(query);
      for (MonthId month : wanted) {
        store.holdExisting(month).ifPresent(holds::add);
      }
      await(between.apply(opening::run));
    } catch (RuntimeException e) {
      opening.giveUp();
      throw e;
    }
    if (!opening.isConsistent) {
      opening.giveUp();
      return null;
    }
    return new RecordSource(query, opening.position, months);
  }

  private SortedSet<MonthId> months(RecordQuery query) {
    SortedSet<MonthId> wanted = new TreeSet<>();
    for (MonthId month : store.months()) {
      if (month.kind() == MonthId.Kind.TRAFFIC
          && calendar.start(month).toEpochMilli() < query.endMillis()
          && calendar.end(month).toEpochMilli() > query.firstMillis()) {
        wanted.add(month);
      }
    }
    return wanted;
  }

  /** Waits for the applier to have run a task. */
  static void await(CompletableFuture<Void> task) {
    try {
      task.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ExportException.Busy(
          "records are applied without a pause since " + WAIT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExportException.Busy("the server is stopping");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a snapshot could not be taken", e);
    }
  }

  /** The part that the applier's thread runs; given up, it does nothing any more. */
  private final class Opening {
    private final RecordQuery query;
    private final List<RecordStore.Hold> holds;
    private final List<SnapshotMonth> months;
    private long position;
    private boolean isConsistent;
    private boolean isGivenUp;

    Opening(RecordQuery query, List<RecordStore.Hold> holds, List<SnapshotMonth> months) {
      this.query = query;
      this.holds = holds;
      this.months = months;
    }

    synchronized void run(long applied) {
      if (isGivenUp || !isCurrent()) {
        return;
      }
      byte[] from = new byte[Integer.BYTES];
      Bytes.putInt(from, 0, RecordSource.firstBucket(query));
      while (!holds.isEmpty()) {
        RecordStore.Hold hold = holds.get(0);
        months.add(new SnapshotMonth(store, hold, from, query.account() == null));
        holds.remove(0);
      }
      position = applied;
      isConsistent = true;
    }

    /** Whether what is held is what there is now. */
    private boolean isCurrent() {
      SortedSet<MonthId> held = new TreeSet<>();
      for (RecordStore.Hold hold : holds) {
        MonthId month = hold.month().month();
        held.add(month);
        if (SnapshotMonth.ownerOf(store, month).filter(hold.month().owner()::equals).isEmpty()) {
          return false;
        }
      }
      return held.equals(months(query));
    }

    synchronized void giveUp() {
      isGivenUp = true;
      months.forEach(SnapshotMonth::close);
      holds.forEach(RecordStore.Hold::close);
    }
  }
}
