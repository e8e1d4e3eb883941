package vellum.core.apply;

import java.util.Optional;
import java.util.function.LongSupplier;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;

/**
 * Makes months durable beside the applier: one whose memory is full, whose oldest unflushed message
 * is too old, or lies too far back in the journal, so that a single late record in an idle month
 * pins neither journal nor restart. Closes months nobody uses. For one thread.
 */
public final class MonthFlusher {

  private final Applier applier;
  private final RecordStore store;
  private final ApplyConfig config;
  private final LongSupplier nanoClock;

  public MonthFlusher(
      Applier applier, RecordStore store, ApplyConfig config, LongSupplier nanoClock) {
    this.applier = applier;
    this.store = store;
    this.config = config;
    this.nanoClock = nanoClock;
  }

  /** Flushes at most one month; returns how many. */
  public int doWork() {
    Optional<MonthId> due =
        applier.floors().months().stream()
            .filter(this::isFull)
            .findFirst()
            .or(
                () ->
                    applier
                        .floors()
                        .due(config, applier.progress().journalBytes(), nanoClock.getAsLong()));
    due.ifPresent(this::flush);
    return due.isPresent() ? 1 : store.trim();
  }

  /** Flushes every month, as at a stop. */
  public void flushAll() {
    applier.floors().months().forEach(this::flush);
  }

  private boolean isFull(MonthId month) {
    return held(month, LiveMonth::unflushedBytes) >= config.flushBytes();
  }

  private void flush(MonthId month) {
    long journalBytes = applier.progress().journalBytes();
    long now = nanoClock.getAsLong();
    long flushed =
        held(
            month,
            live -> {
              live.flush();
              return live.flushedPosition();
            });
    applier.floors().flushed(month, flushed, journalBytes, now);
  }

  private long held(MonthId month, java.util.function.ToLongFunction<LiveMonth> use) {
    try (RecordStore.Hold hold = store.hold(month)) {
      return use.applyAsLong(hold.month());
    }
  }
}
