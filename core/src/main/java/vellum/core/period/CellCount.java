package vellum.core.period;

import java.util.Objects;
import vellum.core.billing.CellMap;
import vellum.core.billing.RowCells;
import vellum.core.store.Row;
import vellum.core.store.Scan;

/** Cells counted from rows. Not thread-safe. */
final class CellCount {

  /** Second of started_at of the record under a key. */
  @FunctionalInterface
  interface Seconds {
    long of(byte[] key, int offset);
  }

  private final Seconds seconds;
  private final RowCells cells = new RowCells();

  CellCount(Seconds seconds) {
    this.seconds = Objects.requireNonNull(seconds);
  }

  /** Adds the cells of a row under its key. */
  void add(byte[] key, byte[] row, int offset, int length, CellMap to) {
    cells.read(row, offset, length, seconds.of(key, 0)).addTo(to);
  }

  /** Adds the cells of all rows of a scan. */
  void addAll(Scan rows, CellMap to) {
    Row row = new Row();
    while (rows.next(row)) {
      add(row.key(), row.value(), 0, row.valueLength(), to);
    }
  }

  /**
   * Makes a month's cells anew, of the rows of a scan.
   *
   * @param position that the rows are of
   * @return whether there was anything to be written
   */
  boolean refill(Scan rows, MonthCells month, long position) {
    boolean any = month.clear();
    CellMap some = new CellMap();
    Row row = new Row();
    while (rows.next(row)) {
      any = true;
      add(row.key(), row.value(), 0, row.valueLength(), some);
      if (some.size() >= MonthCells.MOST_CHANGES / 4) {
        spill(some, month);
      }
    }
    month.add(some);
    if (any) {
      month.write(position);
    }
    return any;
  }

  /** Writes what is counted so far, without a position, so that the heap holds no more of it. */
  static void spill(CellMap some, MonthCells month) {
    month.add(some);
    month.write(MonthCells.NO_POSITION);
    some.clear();
  }
}
