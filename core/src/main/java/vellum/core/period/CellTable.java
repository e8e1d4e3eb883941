package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vellum.core.billing.CellBounds;
import vellum.core.billing.CellKeys;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.core.store.Row;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * A table of cells: looks up what it has, and says what it comes to. Remembers some of it from one
 * block to the next. Not thread-safe but for {@link #scan}.
 */
final class CellTable {

  /** Cells of which the heap keeps what the table has: some 150 bytes each. */
  private static final int MOST_KNOWN = 1 << 16;

  private static final byte[] FIRST = {0};
  private static final byte[] BEHIND_HEADER = {1};
  private static final int DELETES = 4096;

  private final Store store;
  private final Table table;
  private final CellMap known = new CellMap();
  private final List<byte[]> wanted = new ArrayList<>();
  private final Output value = new Output(64);
  private final Measures measures = new Measures();
  private final Wire wire = new Wire();

  CellTable(Store store, Table table) {
    this.store = store;
    this.table = table;
  }

  /**
   * Puts into a batch what cells come to with their changes. From here on the batch is taken for
   * written; if it is not, {@link #forget}.
   *
   * @param changes in the order of their keys
   */
  void put(CellMap changes, StoreBatch batch) {
    if (known.size() + changes.size() > MOST_KNOWN) {
      known.clear();
    }
    lookUp(changes);
    byte[] keys = changes.keys();
    for (int i = 0; i < changes.size(); i++) {
      int cell = known.addFrom(changes, i);
      int offset = changes.keyOffset(i);
      int length = changes.keyLength(i);
      if (known.isZero(cell)) {
        batch.delete(table, Arrays.copyOfRange(keys, offset, offset + length));
      } else {
        value.clear();
        known.measures(cell, measures).write(value);
        batch.put(table, keys, offset, length, value.bytes(), 0, value.size());
      }
    }
  }

  private void lookUp(CellMap changes) {
    wanted.clear();
    byte[] keys = changes.keys();
    for (int i = 0; i < changes.size(); i++) {
      int offset = changes.keyOffset(i);
      int length = changes.keyLength(i);
      if (known.find(keys, offset, length) < 0) {
        known.cell(keys, offset, length);
        wanted.add(Arrays.copyOfRange(keys, offset, offset + length));
      }
    }
    store.multiGet(
        table,
        wanted,
        (index, stored, offset, length) -> {
          byte[] key = wanted.get(index);
          measures.clear();
          measures.addFrom(wire.over(stored, offset, length));
          known.add(key, 0, key.length, measures);
        });
    wanted.clear();
  }

  /** Forgets what the table has. */
  void forget() {
    known.clear();
  }

  /** Removes all rows; whether there were any. */
  boolean clear(StoreBatch batch) {
    known.clear();
    boolean any = false;
    try (Scan scan = store.scan(table, FIRST, MonthTables.END)) {
      while (scan.next()) {
        any = true;
        batch.delete(table, scan.key());
        if (batch.count() >= DELETES) {
          store.write(batch);
          batch.clear();
        }
      }
    }
    return any;
  }

  /** The rows of a range, as of now; to be closed. */
  Scan scan(CellBounds bounds) {
    return store.scan(table, bounds.from(), bounds.to());
  }

  /** Hands out what a scan has of a range. */
  static void read(Scan scan, CellBounds bounds, CellSink sink) {
    Row row = new Row();
    Wire values = new Wire();
    Measures read = new Measures();
    while (scan.next(row)) {
      if (bounds.holds(row.key(), 0)) {
        read.clear();
        read.addFrom(values.over(row.value(), 0, row.valueLength()));
        sink.cell(row.key(), 0, row.keyLength(), read);
      } else {
        scan.seek(bounds.behind(row.key(), 0));
      }
    }
  }

  /** The cube of the first row that the same table of another month does not have alike. */
  Optional<Cube> differsFrom(CellTable other) {
    try (Scan here = scanCells();
        Scan there = other.scanCells()) {
      Row one = new Row();
      Row two = new Row();
      boolean more = true;
      while (more) {
        more = here.next(one);
        if (more != there.next(two) || more && !isSame(one, two)) {
          return Optional.of(CellKeys.cube(more ? one.key() : two.key(), 0));
        }
      }
    }
    return Optional.empty();
  }

  private Scan scanCells() {
    return store.scan(table, BEHIND_HEADER, MonthTables.END);
  }

  private static boolean isSame(Row one, Row two) {
    return Arrays.equals(one.key(), 0, one.keyLength(), two.key(), 0, two.keyLength())
        && Arrays.equals(one.value(), 0, one.valueLength(), two.value(), 0, two.valueLength());
  }
}
