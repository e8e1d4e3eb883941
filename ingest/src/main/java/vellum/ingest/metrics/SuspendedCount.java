package vellum.ingest.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import vellum.core.period.Month;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * How many messages are in suspense. A month that is closed is asked once in the life of the
 * process, for from then on it changes only while it is open; a few at a time, so that nobody waits
 * for all of them to be opened. For one thread.
 */
final class SuspendedCount {

  private final ToLongFunction<MonthId> ofClosed;
  private final Map<MonthId, Long> known = new HashMap<>();

  /**
   * @param ofClosed opens a month to see
   */
  SuspendedCount(ToLongFunction<MonthId> ofClosed) {
    this.ofClosed = ofClosed;
  }

  /**
   * Those of all months that were asked so far.
   *
   * @param mostOpened closed months that may be asked now
   */
  long sum(Map<MonthId, Stage.Owner> owners, List<Month> open, int mostOpened) {
    known.keySet().retainAll(owners.keySet());
    for (Month month : open) {
      if (month.owner() == owners.get(month.month())) {
        known.put(month.month(), month.suspended());
      }
    }
    owners.keySet().stream()
        .filter(id -> !known.containsKey(id))
        .limit(mostOpened)
        .toList()
        .forEach(id -> known.put(id, ofClosed.applyAsLong(id)));
    return known.values().stream().mapToLong(Long::longValue).sum();
  }
}
