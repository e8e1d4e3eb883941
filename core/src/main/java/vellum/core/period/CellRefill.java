package vellum.core.period;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.billing.CellMap;
import vellum.core.billing.RowCells;
import vellum.core.log.Event;
import vellum.core.store.Row;
import vellum.core.store.Scan;
import vellum.core.store.StoreException;

/**
 * A month's cells made anew, of all its rows. What is counted goes to the tables when it is much,
 * so that the heap does not hold all of it. Not thread-safe.
 */
final class CellRefill {

  private static final Logger LOG = LoggerFactory.getLogger(CellRefill.class);
  private static final byte[] FIRST = {0};

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

  /** Makes the cells of rows that have none, or others: an older version's, or after a crash. */
  static void refill(Month month, MonthCells cells) {
    CellRefill refill = new CellRefill(cells);
    read(month, refill::add);
    if (!refill.finish(month.state().position())) {
      return;
    }
    LOG.info(
        Event.TOTALS_REMADE.code(),
        "{}: totals of {} records made anew",
        month.month(),
        month.state().records());
    try {
      month.store.flushAll();
    } catch (StoreException.Unavailable full) {
      LOG.warn(
          Event.TOTALS_UNFLUSHED.code(),
          "{}: totals are not flushed yet: {}",
          month.month(),
          full.getMessage());
    }
  }

  /** Hands out the cells of each row of a month as of now. */
  static void read(Month month, Consumer<RowCells> to) {
    Row row = new Row();
    RowCells read = new RowCells();
    try (Scan rows = month.readRecords(FIRST)) {
      while (rows.next(row)) {
        to.accept(read.read(row.value(), 0, row.valueLength(), month.second(row.key(), 0)));
      }
    }
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
