package vellum.core.period;

import java.util.Arrays;
import java.util.Optional;
import vellum.core.billing.CellBounds;
import vellum.core.billing.CellKeys;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.core.store.Row;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;

/**
 * The cells of one month: in its table of totals as they were when it was last written, and in the
 * heap what changed since. The table says which position of the month it is of, so that totals that
 * do not go with the rows beside them are seen when the month is opened.
 *
 * <pre>
 *   key of a cell → {@link Measures}; cells that are zero have no row
 *   00            → u8 1, how cells are made of rows | i64 position
 * </pre>
 *
 * <p>Changes and their position are guarded by the monitor of this object; {@link #prepare} and
 * {@link #write} are for one thread at a time. {@link #read} is safe from any thread.
 */
final class MonthCells {

  /** Cells in the heap beyond which they must be written: some 200 bytes each. */
  static final int MOST_CHANGES = 1 << 20;

  /** Cells of which the heap keeps what the table has, so that the next flush need not read it. */
  private static final int MOST_KNOWN = 1 << 16;

  /** How cells are made of rows; another number in a table, and they are made anew. */
  private static final int VERSION = 1;

  private static final byte[] HEADER = {0};
  private static final byte[] FIRST = {0};
  private static final byte[] BEHIND_HEADER = {1};
  private static final int DELETES = 4096;

  /** Of a table whose position is not known. */
  static final long NO_POSITION = -1;

  private final Store store;
  private final StoreBatch batch;
  private final Output value = new Output(64);
  private final Measures measures = new Measures();
  private final Wire wire = new Wire();
  private final CellMap changes = new CellMap();

  /** What the table has of some cells; of the thread that writes it. */
  private final CellMap known = new CellMap();

  private long position;

  MonthCells(Store store) {
    this.store = store;
    this.batch = store.batch();
    byte[] header = store.get(MonthTables.TOTALS, HEADER);
    if (header == null || header.length != 1 + Long.BYTES || header[0] != VERSION) {
      this.position = NO_POSITION;
    } else {
      this.position = Bytes.getLong(header, 1);
    }
  }

  /** Position of the month that the table is of, or {@link #NO_POSITION}. */
  synchronized long position() {
    return position;
  }

  /** Takes the position away, with a batch that changes cells and not the month's position. */
  static void forgetPosition(StoreBatch of) {
    of.delete(MonthTables.TOTALS, HEADER);
  }

  /** What {@link #forgetPosition} did is written. */
  synchronized void forgotPosition() {
    position = NO_POSITION;
  }

  /** Adds changes whose rows are written. */
  synchronized void add(CellMap more) {
    changes.addAll(more);
  }

  synchronized int changes() {
    return changes.size();
  }

  /** About what the changes take in the heap. */
  synchronized long bytes() {
    return changes.bytes();
  }

  /**
   * Reads what the table has of cells that changed, so that {@link #write}, during which nothing
   * else can be written, need not.
   */
  void prepare() {
    CellMap wanted = new CellMap();
    synchronized (this) {
      for (int i = 0; i < changes.size(); i++) {
        byte[] keys = changes.keys();
        if (known.find(keys, changes.keyOffset(i), changes.keyLength(i)) < 0) {
          wanted.cell(keys, changes.keyOffset(i), changes.keyLength(i));
        }
      }
    }
    for (int i = 0; i < wanted.size(); i++) {
      know(wanted, i);
    }
  }

  private void know(CellMap of, int cell) {
    byte[] key = key(of, cell);
    byte[] stored = store.get(MonthTables.TOTALS, key);
    measures.clear();
    if (stored != null) {
      measures.addFrom(wire.over(stored, 0, stored.length));
    }
    known.add(key, 0, key.length, measures);
  }

  private static byte[] key(CellMap of, int cell) {
    int from = of.keyOffset(cell);
    return Arrays.copyOfRange(of.keys(), from, from + of.keyLength(cell));
  }

  /**
   * Writes the changes into the table, with the position that it is of from now on. Under the
   * monitor of this object, together with what must not come in between.
   */
  synchronized void write(long newPosition) {
    if (changes.size() == 0 && position == newPosition) {
      return;
    }
    boolean written = false;
    try {
      batch.clear();
      for (int i = 0; i < changes.size(); i++) {
        put(i);
      }
      putPosition(newPosition);
      store.write(batch);
      written = true;
    } finally {
      batch.clear();
      if (!written || known.size() > MOST_KNOWN) {
        known.clear();
      }
    }
    changes.clear();
    position = newPosition;
  }

  private void put(int change) {
    byte[] keys = changes.keys();
    int offset = changes.keyOffset(change);
    int length = changes.keyLength(change);
    if (known.find(keys, offset, length) < 0) {
      know(changes, change);
    }
    int cell = known.addFrom(changes, change);
    if (known.isZero(cell)) {
      batch.delete(MonthTables.TOTALS, key(changes, change));
    } else {
      value.clear();
      known.measures(cell, measures).write(value);
      batch.put(MonthTables.TOTALS, keys, offset, length, value.bytes(), 0, value.size());
    }
  }

  private void putPosition(long of) {
    if (of == NO_POSITION) {
      forgetPosition(batch);
    } else {
      byte[] header = new byte[1 + Long.BYTES];
      header[0] = VERSION;
      Bytes.putLong(header, 1, of);
      batch.put(MonthTables.TOTALS, HEADER, header);
    }
  }

  /** Removes all cells; whether there were any. */
  synchronized boolean clear() {
    changes.clear();
    known.clear();
    batch.clear();
    forgetPosition(batch);
    boolean any = false;
    try (Scan scan = store.scan(MonthTables.TOTALS, FIRST, MonthTables.END)) {
      while (scan.next()) {
        any = true;
        batch.delete(MonthTables.TOTALS, scan.key());
        if (batch.count() >= DELETES) {
          store.write(batch);
          batch.clear();
        }
      }
    }
    if (any) {
      store.write(batch);
    }
    batch.clear();
    position = NO_POSITION;
    return any;
  }

  /** Hands out the cells of a range as of now; a cell may come in two parts. */
  void read(CellRange range, CellSink sink) {
    read(range, sink, () -> {});
  }

  /**
   * The same.
   *
   * @param moment run at the moment of which the cells are
   */
  void read(CellRange range, CellSink sink, Runnable moment) {
    CellBounds bounds = new CellBounds(range);
    CellMap changed = new CellMap();
    Scan scan;
    synchronized (this) {
      moment.run();
      copyChanges(bounds, changed);
      scan = store.scan(MonthTables.TOTALS, bounds.from(), bounds.to());
    }
    try (scan) {
      read(scan, bounds, sink);
    }
    changed.forEach(range, sink);
  }

  private void copyChanges(CellBounds bounds, CellMap to) {
    for (int i = 0; i < changes.size(); i++) {
      if (!changes.isZero(i) && bounds.holds(changes.keys(), changes.keyOffset(i))) {
        to.addFrom(changes, i);
      }
    }
  }

  private static void read(Scan scan, CellBounds bounds, CellSink sink) {
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

  /** The cube in which the tables of two months differ; neither has changes that are not in it. */
  Optional<Cube> differsFrom(MonthCells other) {
    if (changes() > 0 || other.changes() > 0) {
      throw new IllegalStateException("cells are compared after they are written");
    }
    try (Scan here = scan();
        Scan there = other.scan()) {
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

  private Scan scan() {
    return store.scan(MonthTables.TOTALS, BEHIND_HEADER, MonthTables.END);
  }

  private static boolean isSame(Row one, Row two) {
    return Arrays.equals(one.key(), 0, one.keyLength(), two.key(), 0, two.keyLength())
        && Arrays.equals(one.value(), 0, one.valueLength(), two.value(), 0, two.valueLength());
  }
}
