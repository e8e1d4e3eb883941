package vellum.ingest.metrics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import vellum.core.period.MonthState;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * What applying did, counted from the start of the process on: sums of what the months' own counts
 * grew by, which do not sink when a month goes. Not thread-safe.
 */
final class Outcomes {

  private final Map<MonthId, Seen> seen = new HashMap<>();
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private boolean started;

  /** What became of a message. */
  enum Outcome {
    NEW,
    UPDATED,
    DUPLICATE,
    STALE,
    CONFLICT
  }

  private record Seen(Stage.Owner owner, MonthState state) {}

  Outcomes() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, 0L);
    }
  }

  /** Adds what came to each month since the last call; the first call only looks. */
  Map<Outcome, Long> add(Map<MonthId, MonthState> states, Map<MonthId, Stage.Owner> owners) {
    states.forEach(
        (month, state) -> add(month, state, owners.getOrDefault(month, Stage.Owner.NONE)));
    seen.keySet().retainAll(states.keySet());
    started = true;
    return new EnumMap<>(counts);
  }

  private void add(MonthId month, MonthState state, Stage.Owner owner) {
    Seen before = seen.put(month, new Seen(owner, state));
    if (before == null && started && owner == Stage.Owner.LIVE) {
      count(MonthState.ofRows(0), state);
    } else if (before != null && before.owner == owner) {
      count(before.state, state);
    }
  }

  private void count(MonthState before, MonthState now) {
    grow(Outcome.NEW, now.records() - before.records());
    grow(Outcome.UPDATED, now.updates() - before.updates());
    grow(Outcome.DUPLICATE, now.duplicates() - before.duplicates());
    grow(Outcome.STALE, now.stale() - before.stale());
    grow(Outcome.CONFLICT, now.conflicts() - before.conflicts());
  }

  private void grow(Outcome outcome, long by) {
    counts.merge(outcome, Math.max(0, by), Long::sum);
  }
}
