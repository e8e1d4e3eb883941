package vellum.core.apply;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vellum.core.record.MonthId;

/**
 * What each month holds in memory only, and with it the floor: the journal sequence below which
 * every month has flushed, so that neither a restart nor the disk needs what lies under it.
 * Thread-safe: the applier reports what it wrote, the flusher what it flushed.
 */
final class FloorTracker {

  private final Map<MonthId, Unflushed> unflushed = new HashMap<>();
  private long applied;

  FloorTracker(long floor) {
    this.applied = floor;
  }

  /**
   * A month was written up to a journal sequence.
   *
   * @param first sequence of the first message in what was written
   * @param journalBytes bytes of journal read so far by this process
   */
  synchronized void wrote(MonthId month, long first, long last, long journalBytes, long nowNanos) {
    Unflushed before = unflushed.get(month);
    unflushed.put(
        month,
        before == null
            ? new Unflushed(first, last, journalBytes, nowNanos)
            : new Unflushed(before.first, last, before.journalBytes, before.sinceNanos));
  }

  /** Everything up to a journal sequence is applied. */
  synchronized void applied(long sequence) {
    applied = Math.max(applied, sequence);
  }

  synchronized long applied() {
    return applied;
  }

  /** A flush made a month durable up to a journal sequence. */
  synchronized void flushed(MonthId month, long upTo, long journalBytes, long nowNanos) {
    Unflushed before = unflushed.get(month);
    if (before == null) {
      return;
    }
    if (before.last <= upTo) {
      unflushed.remove(month);
    } else {
      unflushed.put(
          month,
          new Unflushed(Math.max(before.first, upTo + 1), before.last, journalBytes, nowNanos));
    }
  }

  /** Sequence up to which every month has flushed. */
  synchronized long floor() {
    long floor = applied;
    for (Unflushed month : unflushed.values()) {
      floor = Math.min(floor, month.first - 1);
    }
    return floor;
  }

  /** The month whose oldest unflushed message is too old or lies too far back; the oldest one. */
  synchronized Optional<MonthId> due(ApplyConfig config, long journalBytes, long nowNanos) {
    return unflushed.entrySet().stream()
        .filter(
            month ->
                nowNanos - month.getValue().sinceNanos >= config.flushAge().toNanos()
                    || journalBytes - month.getValue().journalBytes >= config.flushDistanceBytes())
        .min((a, b) -> Long.compare(a.getValue().first, b.getValue().first))
        .map(Map.Entry::getKey);
  }

  /** The month with the oldest message up to a journal sequence that is in memory only. */
  synchronized Optional<MonthId> oldest(long upTo) {
    return unflushed.entrySet().stream()
        .filter(month -> month.getValue().first <= upTo)
        .min((a, b) -> Long.compare(a.getValue().first, b.getValue().first))
        .map(Map.Entry::getKey);
  }

  /** A month has expired: nothing of it is to be kept. */
  synchronized void forget(MonthId month) {
    unflushed.remove(month);
  }

  synchronized List<MonthId> months() {
    return List.copyOf(unflushed.keySet());
  }

  /** Messages of a month in memory only: from which sequence to which, and since when. */
  private record Unflushed(long first, long last, long journalBytes, long sinceNanos) {}
}
