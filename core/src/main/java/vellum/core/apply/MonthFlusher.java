package vellum.core.apply;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Month;
import vellum.core.period.PeriodException;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;

/**
 * Makes months durable beside the applier: one whose memory is full, whose oldest unflushed message
 * is too old, or lies too far back in the journal, so that a single late record in an idle month
 * pins neither journal nor restart; and, when asked, all that lies up to a journal sequence. Closes
 * months nobody uses. For one thread, {@link #flushUpTo} aside.
 */
public final class MonthFlusher {

  /** What the cells of all months may take in the heap before some are flushed. */
  private static final long CELL_BYTES = 48 << 20;

  /** In place of the bytes of cells: the month is to be flushed whatever it has. */
  private static final long FULL = Long.MAX_VALUE;

  private final Applier applier;
  private final RecordStore store;
  private final ApplyConfig config;
  private final LongSupplier nanoClock;
  private final AtomicLong wanted = new AtomicLong();

  public MonthFlusher(
      Applier applier, RecordStore store, ApplyConfig config, LongSupplier nanoClock) {
    this.applier = applier;
    this.store = store;
    this.config = config;
    this.nanoClock = nanoClock;
  }

  /** Flushes at most one month; returns how many. */
  public int doWork() {
    FloorTracker floors = applier.floors();
    Optional<MonthId> due =
        full(floors)
            .or(() -> floors.oldest(wanted.get()))
            .or(() -> floors.due(config, applier.progress().journalBytes(), nanoClock.getAsLong()));
    due.ifPresent(this::flush);
    return due.isPresent() ? 1 : store.trim();
  }

  /**
   * Asks that everything up to a journal sequence is flushed as soon as it is applied; done when
   * {@link Applier#floor} has reached it. From any thread.
   */
  public void flushUpTo(long sequence) {
    wanted.accumulateAndGet(sequence, Math::max);
  }

  /** Flushes every month, as at a stop. */
  public void flushAll() {
    applier.floors().months().forEach(this::flush);
  }

  /** A month whose memory is full, or the one with most cells when those of all are too many. */
  private Optional<MonthId> full(FloorTracker floors) {
    @Nullable MonthId most = null;
    long mostBytes = 0;
    long bytes = 0;
    for (MonthId month : floors.months()) {
      long here = held(month, this::cellBytes);
      if (here == FULL) {
        return Optional.of(month);
      }
      bytes += here;
      if (here > mostBytes) {
        mostBytes = here;
        most = month;
      }
    }
    return bytes >= CELL_BYTES ? Optional.ofNullable(most) : Optional.empty();
  }

  private long cellBytes(Month month) {
    return month.unflushedBytes() >= config.flushBytes() ? FULL : month.cellBytes();
  }

  private void flush(MonthId month) {
    long journalBytes = applier.progress().journalBytes();
    long now = nanoClock.getAsLong();
    long flushed =
        held(
            month,
            open -> {
              open.flush();
              return open.flushedPosition();
            });
    applier.floors().flushed(month, flushed, journalBytes, now);
  }

  /** What a month answers; one that has expired nothing, and it is forgotten. */
  private long held(MonthId month, ToLongFunction<Month> use) {
    try (RecordStore.Hold hold = store.hold(month)) {
      return use.applyAsLong(hold.month());
    } catch (PeriodException.Gone e) {
      applier.floors().forget(month);
      return 0;
    }
  }
}
