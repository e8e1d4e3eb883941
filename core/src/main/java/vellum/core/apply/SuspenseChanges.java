package vellum.core.apply;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.SuspendedMessage;
import vellum.core.record.Output;
import vellum.core.seal.RowEraser;
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

  /** Rows that stay where they were, changed: parts of them are erased. */
  private final Set<Suspended> staying = new HashSet<>();

  private final RowEraser eraser = new RowEraser();

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
      staying.remove(there);
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

  /** Erases parts of a row, if it is there still. */
  void erase(Suspended row, int parts) {
    SuspendedMessage message = take(row);
    if (message != null) {
      Suspended stands = found.getOrDefault(row, row);
      Output erased = new Output(message.row().length + 2);
      eraser.erase(message.row(), 0, message.row().length, parts, erased);
      byte[] left = Arrays.copyOf(erased.bytes(), erased.size());
      changes.put(stands, Optional.of(message.withRow(left)));
      staying.add(stands);
    }
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
          if (staying.contains(row)) {
            batch.suspendStill(key, origin, message.orElseThrow());
          } else if (message.isPresent()) {
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
    staying.clear();
  }
}
