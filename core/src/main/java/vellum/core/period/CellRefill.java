package vellum.core.period;

import vellum.core.billing.CellMap;
import vellum.core.billing.RowCells;

/**
 * A month's cells made anew, of all its rows. What is counted goes to the tables when it is much,
 * so that the heap does not hold all of it. Not thread-safe.
 */
final class CellRefill {

  /** Counted cells beyond which they are written: some 100 bytes each. */
  private static final int MOST_CELLS = 1 << 17;

  private final MonthCells month;
  private final CellMap counted = new CellMap();
  private boolean any;

  /** Begins: the month has no cells from here on. */
  CellRefill(MonthCells month) {
    this.month = month;
    this.any = month.clear();
  }

  /** Adds the cells of a row. */
  void add(RowCells row) {
    any = true;
    row.addTo(counted);
    if (counted.size() >= MOST_CELLS) {
      month.add(counted);
      month.write(MonthCells.NO_POSITION);
      counted.clear();
    }
  }

  /**
   * Writes the rest.
   *
   * @param position that the rows are of
   * @return whether there was anything to be written, or removed
   */
  boolean finish(long position) {
    month.add(counted);
    counted.clear();
    if (any) {
      month.write(position);
    }
    return any;
  }
}
