package vellum.core.suspense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.RecordStore;
import vellum.core.period.SuspenseScan;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.Suspended;

/**
 * Reads what is in suspense, period by period in the order of their names, a bounded piece at a
 * time. Thread-safe.
 */
public final class SuspenseReader {

  /** Rows that one piece looks at, at most. */
  public static final int MOST_LOOKED_AT = 20_000;

  private static final long MICROS_OF_MILLI = 1000;

  private final RecordStore store;

  public SuspenseReader(RecordStore store) {
    this.store = store;
  }

  /**
   * A piece of what a filter takes.
   *
   * @param next behind which the next piece begins; null at the end. A piece may be empty and not
   *     the last
   */
  public record Page(List<SuspendedRow> rows, @Nullable Suspended next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Reads a piece.
   *
   * @param after the row behind which it begins; null for the first
   * @param limit rows at most
   */
  public Page page(SuspenseFilter filter, @Nullable Suspended after, int limit) {
    List<SuspendedRow> rows = new ArrayList<>();
    int[] looked = new int[1];
    Suspended behind = after;
    for (MonthId month : months(after)) {
      Optional<RecordStore.Hold> held = store.holdExisting(month);
      if (held.isPresent()) {
        try (RecordStore.Hold hold = held.get()) {
          Suspended from = behind != null && behind.period().equals(month) ? behind : null;
          Suspended stopped = read(hold.month(), filter, from, new Room(rows, looked, limit));
          if (stopped != null) {
            return new Page(rows, stopped);
          }
        }
      }
    }
    return new Page(rows, null);
  }

  /** What a piece may still take. */
  private record Room(List<SuspendedRow> rows, int[] looked, int limit) {
    boolean isFull() {
      return rows.size() >= limit || looked[0] >= MOST_LOOKED_AT;
    }
  }

  private SortedSet<MonthId> months(@Nullable Suspended after) {
    SortedSet<MonthId> months = new TreeSet<>(store.months());
    months.removeIf(
        month ->
            month.kind() != MonthId.Kind.TRAFFIC && month.kind() != MonthId.Kind.SUSPENSE
                || after != null && month.compareTo(after.period()) < 0);
    return months;
  }

  /** Reads of one month; the last row looked at when the piece ends there, else null. */
  private static @Nullable Suspended read(
      Month month, SuspenseFilter filter, @Nullable Suspended after, Room room) {
    int from = bucket(filter.fromMicros());
    int to = bucket(filter.toMicros() - 1);
    try (SuspenseScan scan = month.suspense().scanBehind(after, from, to)) {
      while (scan.next()) {
        SuspendedRow row = SuspendedRow.of(scan.suspended(), scan.message());
        room.looked[0]++;
        if (filter.takes(row)) {
          room.rows.add(row);
        }
        if (room.isFull()) {
          return row.at();
        }
      }
    }
    return null;
  }

  private static int bucket(long micros) {
    return RecordKey.bucket(micros / MICROS_OF_MILLI);
  }

  /** Hands out all rows that a filter takes. */
  public void all(SuspenseFilter filter, Consumer<SuspendedRow> rows) {
    Suspended after = null;
    do {
      Page page = page(filter, after, MOST_LOOKED_AT);
      page.rows().forEach(rows);
      after = page.next();
    } while (after != null);
  }

  /** A row, if it is there still; under the key that it has now. */
  public Optional<SuspendedRow> find(Suspended row) {
    Optional<RecordStore.Hold> held = store.holdExisting(row.period());
    if (held.isEmpty()) {
      return Optional.empty();
    }
    try (RecordStore.Hold hold = held.get()) {
      MonthBatch.Origin origin = new MonthBatch.Origin(row.sequence(), row.place());
      byte[] key = hold.month().suspense().keyOf(row.key(), origin);
      return key == null
          ? Optional.empty()
          : hold.month()
              .suspense()
              .find(key, origin)
              .map(
                  message ->
                      SuspendedRow.of(
                          new Suspended(row.period(), key, row.sequence(), row.place()), message));
    }
  }

  /** How many rows are in suspense, of all periods. */
  public long count() {
    long count = 0;
    for (MonthId month : months(null)) {
      Optional<RecordStore.Hold> held = store.holdExisting(month);
      if (held.isPresent()) {
        try (RecordStore.Hold hold = held.get()) {
          count += hold.month().suspended();
        }
      }
    }
    return count;
  }
}
