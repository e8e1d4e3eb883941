package vellum.core.period;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vellum.core.billing.CellBounds;
import vellum.core.billing.CellKeys;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.record.Output;
import vellum.core.store.Row;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * A table of cells, in {@link CellPage}s: looks up the pages that change, and puts them as they
 * come to be. Not thread-safe but for {@link #scan}.
 */
final class CellTable {

  private static final byte[] FIRST = {0};
  private static final byte[] BEHIND_HEADER = {1};
  private static final int DELETES = 4096;

  private final Store store;
  private final Table table;
  private final CellPage page = new CellPage();
  private List<byte[]> keys = List.of();
  private final Output stored = new Output(1 << 12);
  private int[] ends = new int[64];

  CellTable(Store store, Table table) {
    this.store = store;
    this.table = table;
  }

  /** Looks up the pages of these keys; faster when the keys are sorted. */
  void lookUp(List<byte[]> pageKeys) {
    keys = pageKeys;
    stored.clear();
    if (ends.length < keys.size()) {
      ends = new int[2 * keys.size()];
    }
    Arrays.fill(ends, 0, keys.size(), 0);
    store.multiGet(
        table,
        keys,
        (index, value, offset, length) -> {
          stored.write(value, offset, length);
          ends[index] = stored.size();
        });
    for (int i = 1; i < keys.size(); i++) {
      ends[i] = Math.max(ends[i], ends[i - 1]);
    }
  }

  /** Begins with the changes of one of the pages. */
  CellPage begin(int number) {
    byte[] key = keys.get(number);
    return page.begin(key, key.length);
  }

  /** Puts the page that was begun as it comes to be. */
  void put(int number, StoreBatch batch) {
    byte[] key = keys.get(number);
    int start = number == 0 ? 0 : ends[number - 1];
    Output value = page.merge(stored.bytes(), start, ends[number] - start);
    if (value.size() > 0) {
      batch.put(table, key, 0, key.length, value.bytes(), 0, value.size());
    } else {
      batch.delete(table, key);
    }
  }

  /** Removes all rows; whether there were any. */
  boolean clear(StoreBatch batch) {
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
    CellPage page = new CellPage();
    while (scan.next(row)) {
      if (bounds.holds(row.key(), 0)) {
        page.begin(row.key(), row.keyLength()).read(row.value(), row.valueLength(), sink);
      } else {
        scan.seek(bounds.behind(row.key(), 0));
      }
    }
  }

  /** The cube of the first page that the same table of another month does not have alike. */
  Optional<Cube> differsFrom(CellTable other) {
    CellPage page = new CellPage();
    try (Scan here = scanCells();
        Scan there = other.scanCells()) {
      Row one = new Row();
      Row two = new Row();
      boolean more = true;
      while (more) {
        more = here.next(one);
        if (more != there.next(two) || more && !isSame(one, two, page)) {
          return Optional.of(CellKeys.cube(more ? one.key() : two.key(), 0));
        }
      }
    }
    return Optional.empty();
  }

  private Scan scanCells() {
    return store.scan(table, BEHIND_HEADER, MonthTables.END);
  }

  /** Whether two pages have the same key and the same cells, in whatever order. */
  private static boolean isSame(Row one, Row two, CellPage page) {
    if (!Arrays.equals(one.key(), 0, one.keyLength(), two.key(), 0, two.keyLength())) {
      return false;
    }
    CellMap difference = new CellMap();
    page.begin(one.key(), one.keyLength());
    page.read(one.value(), one.valueLength(), difference::add);
    page.read(two.value(), two.valueLength(), difference::subtract);
    return difference.isEmpty();
  }
}
