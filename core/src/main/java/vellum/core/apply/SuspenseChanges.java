package vellum.core.apply;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.SuspendedMessage;
import vellum.core.seal.Suspended;

/**
 * What one batch changes in a month's suspense: rows that come, and rows that go because their
 * records are applied or written off. Each row goes once: who takes one that is not there any more
 * gets nothing. What an earlier batch put is written by then. Not thread-safe; reused.
 */
final class SuspenseChanges {

  private final Month month;

  /** Rows that come, and in place of those that go nothing. */
  private final Map<Suspended, Optional<SuspendedMessage>> changes = new LinkedHashMap<>();

  /** Keys as they were given → as they stand; for what was given before the month was archived. */
  private final Map<Suspended, Suspended> found = new HashMap<>();

  SuspenseChanges(Month month) {
    this.month = month;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Adds a row. */
  void put(byte[] key, MonthBatch.Origin origin, SuspendedMessage message) {
    changes.put(row(key, origin), Optional.of(message));
  }

  private Suspended row(byte[] key, MonthBatch.Origin origin) {
    return new Suspended(month.month(), key, origin.sequence(), origin.place());
  }

  /** Takes a row out; null when it is not there any more. */
  @Nullable SuspendedMessage take(Suspended row) {
    MonthBatch.Origin origin = new MonthBatch.Origin(row.sequence(), row.place());
    Suspended there = found.getOrDefault(row, row);
    Optional<SuspendedMessage> changed = changes.get(there);
    if (changed != null) {
      changes.put(there, Optional.empty());
      return changed.orElse(null);
    }
    byte[] key = month.suspense().keyOf(row.key(), origin);
    if (key == null) {
      return null;
    }
    Suspended stands = row(key, origin);
    found.put(row, stands);
    changes.put(stands, Optional.empty());
    return month.suspense().find(key, origin).orElseThrow();
  }

  /**
   * Puts the changes into a batch.
   *
   * @param notedAt position at which what changes is noted, or -1
   */
  void writeTo(MonthBatch batch, long notedAt) {
    changes.forEach(
        (row, message) -> {
          byte[] key = row.key();
          MonthBatch.Origin origin = new MonthBatch.Origin(row.sequence(), row.place());
          if (message.isPresent()) {
            batch.suspend(key, 0, origin, message.get());
          } else {
            batch.release(key, origin);
          }
          if (notedAt >= 0) {
            batch.noteChange(notedAt, key, 0);
          }
        });
  }

  void clear() {
    changes.clear();
    found.clear();
  }
}
