package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellBounds;
import vellum.core.billing.CellList;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.billing.MonthCell;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;

/**
 * The cells of one month: in its tables of totals as they were when they were last written, and in
 * the heap what changed since. The one table has them by day, the other the same summed by month;
 * the first says which position of the month both are of, so that totals that do not go with the
 * rows beside them are seen when the month is opened.
 *
 * <pre>
 *   totals         {@link CellPage}s
 *                  00 → u8 3, how cells are made of rows, and which tables there are | i64 position
 *   totals-month   {@link CellPage}s of cells whose days are the first of their months
 * </pre>
 *
 * <p>Changes go over to the tables page by page in the order of their keys, in blocks: a block is
 * looked up and made by the thread that writes, and under the monitor of this object it is written
 * and taken out of the heap, so that a reader finds each change once. While that goes on the tables
 * are of no position. {@link #prepare} and {@link #write} are for one thread at a time. {@link
 * #read} is safe from any thread.
 */
final class MonthCells {

  /** Pages of cells by day that are written at a time. */
  private static final int BLOCK = 256;

  /** Cells that may be looked up while nothing else can be written. */
  private static final int FEW = 512;

  /** Times that what comes while cells are written is written before nothing may come. */
  private static final int ROUNDS = 4;

  /** How cells are made of rows, and the tables; another number, and they are made anew. */
  private static final int VERSION = 3;

  private static final byte[] HEADER = {0};

  /** Of tables whose position is not known. */
  static final long NO_POSITION = -1;

  private final Store store;
  private final StoreBatch batch;
  private final CellTable days;
  private final CellTable months;
  private final CellPages pages = new CellPages();
  private final MonthCell monthCell = new MonthCell();

  /** Guarded by this. */
  private ChangedCells changes = new ChangedCells();

  /**
   * What is being written, empty otherwise or what a failure left. Changed by the thread that
   * writes, under the monitor of this.
   */
  private ChangedCells leaving = new ChangedCells();

  private long position;

  MonthCells(Store store) {
    this.store = store;
    this.batch = store.batch();
    this.days = new CellTable(store, MonthTables.TOTALS);
    this.months = new CellTable(store, MonthTables.TOTALS_MONTH);
    this.position = storedPosition(store.get(MonthTables.TOTALS, HEADER));
  }

  private static long storedPosition(byte @Nullable [] header) {
    if (header == null || header.length != 1 + Long.BYTES || header[0] != VERSION) {
      return NO_POSITION;
    }
    return Bytes.getLong(header, 1);
  }

  /** Position of the month that the tables are of, or {@link #NO_POSITION}. */
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
    changes.add(more);
  }

  /** Cells that changed, without those that are being written. */
  synchronized int changes() {
    return changes.size();
  }

  /** About what the changes take in the heap. */
  synchronized long bytes() {
    return changes.bytes() + leaving.bytes();
  }

  /**
   * Writes most of the changes, so that {@link #write}, during which nothing else can be written,
   * has few to write.
   */
  void prepare() {
    for (int round = 0; round < ROUNDS && (leaving.size() > 0 || changes() > FEW); round++) {
      writeAll();
    }
  }

  /**
   * Writes the changes into the tables, with the position that they are of from now on. Under the
   * monitor of this object, together with what must not come in between.
   */
  synchronized void write(long newPosition) {
    if (changes.size() == 0 && leaving.size() == 0 && position == newPosition) {
      return;
    }
    while (leaving.size() > 0 || changes.size() > 0) {
      writeAll();
    }
    batch.clear();
    putPosition(newPosition);
    store.write(batch);
    batch.clear();
    position = newPosition;
  }

  /** Writes what a failure left, or else what changed so far. */
  private void writeAll() {
    synchronized (this) {
      if (leaving.size() == 0) {
        ChangedCells empty = leaving;
        leaving = changes;
        changes = empty;
      }
    }
    pages.sort(leaving.cells());
    for (int from = 0; from < pages.size(); from += BLOCK) {
      writeBlock(from, Math.min(pages.size(), from + BLOCK));
    }
    synchronized (this) {
      leaving.clear();
    }
  }

  private void writeBlock(int from, int to) {
    batch.clear();
    forgetPosition(batch);
    putPages(from, to);
    synchronized (this) {
      store.write(batch);
      position = NO_POSITION;
      for (int at = pages.from(from); at < pages.from(to); at++) {
        leaving.written(pages.cell(at));
      }
    }
    batch.clear();
  }

  /** Puts pages by day, and those by month that they go into. */
  private void putPages(int from, int to) {
    List<byte[]> dayKeys = new ArrayList<>(BLOCK);
    List<byte[]> monthKeys = new ArrayList<>(BLOCK);
    int[] monthOf = new int[to - from];
    for (int i = from; i < to; i++) {
      byte[] key = pages.key(i);
      dayKeys.add(key);
      byte[] month = Arrays.copyOf(monthCell.of(key, 0, key.length), key.length);
      if (i == from || !Arrays.equals(month, monthKeys.get(monthKeys.size() - 1))) {
        monthKeys.add(month);
      }
      monthOf[i - from] = monthKeys.size() - 1;
    }
    days.lookUp(dayKeys);
    months.lookUp(monthKeys);
    CellPage month = months.begin(0);
    for (int i = 0; i < monthOf.length; i++) {
      if (i > 0 && monthOf[i] != monthOf[i - 1]) {
        months.put(monthOf[i - 1], batch);
        month = months.begin(monthOf[i]);
      }
      CellPage day = days.begin(i);
      for (int at = pages.from(from + i); at < pages.from(from + i + 1); at++) {
        day.change(leaving.cells(), pages.cell(at));
      }
      month.change(day);
      days.put(i, batch);
    }
    months.put(monthKeys.size() - 1, batch);
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
    leaving.clear();
    batch.clear();
    forgetPosition(batch);
    boolean anyDay = days.clear(batch);
    boolean anyMonth = months.clear(batch);
    boolean any = anyDay || anyMonth;
    if (any) {
      store.write(batch);
    }
    batch.clear();
    position = NO_POSITION;
    return any;
  }

  /** Hands out the cells of a range as of now; a cell may come in several parts. */
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
    CellList changed = new CellList();
    Scan scan;
    synchronized (this) {
      moment.run();
      leaving.copy(range, bounds, changed);
      changes.copy(range, bounds, changed);
      scan = (range.isByMonth() ? months : days).scan(bounds);
    }
    try (scan) {
      CellTable.read(scan, bounds, sink);
    }
    changed.forEach(sink);
  }

  /**
   * The cube in which the tables of two months differ; neither has changes that are not in them.
   */
  Optional<Cube> differsFrom(MonthCells other) {
    if (changes() > 0 || other.changes() > 0) {
      throw new IllegalStateException("cells are compared after they are written");
    }
    return days.differsFrom(other.days).or(() -> months.differsFrom(other.months));
  }
}
