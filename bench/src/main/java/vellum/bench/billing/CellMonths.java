package vellum.bench.billing;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import vellum.core.billing.Measures;
import vellum.core.billing.SaleCell;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.MonthState;
import vellum.core.period.Months;
import vellum.core.period.RecordStore;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthId;
import vellum.core.settlement.Askable;
import vellum.core.settlement.KeptDays;
import vellum.core.settlement.KnownParties;
import vellum.core.settlement.StoredCells;
import vellum.core.settlement.TotalsQuery;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/**
 * Real months on the disk that hold made-up cells of the sale cube and no records: 40 cells an
 * account and day. What a question costs goes by cells, however many records came to them.
 */
final class CellMonths implements AutoCloseable {

  static final int CELLS_A_DAY = 40;

  private static final int CELLS_A_BATCH = 50_000;
  private static final int NETWORKS = 10;
  private static final Instant NOW = Instant.parse("2027-01-15T00:00:00Z");

  private final Stores stores;
  private final Store control;
  private final Months months;
  private final TotalsQuery totals;
  private final SplittableRandom random = new SplittableRandom(1);
  private long position;

  CellMonths(Path directory) {
    Disk disk = new RealDisk();
    InstantSource clock = InstantSource.fixed(NOW);
    DefaultCalendar calendar = new DefaultCalendar();
    stores = new Stores(disk, 64 << 20, 2);
    control =
        stores.openSynced(
            directory.resolve("control"), List.of(Catalog.TABLE), StoreOptions.control());
    months =
        new Months(
            new Directories(directory, disk),
            new Catalog(control),
            any -> Optional.empty(),
            (place, tables) -> stores.open(place.directory(), tables, StoreOptions.otherMonth()),
            clock,
            24);
    StoredCells cells = new StoredCells(months, calendar);
    totals =
        new TotalsQuery(
            cells,
            new Askable(new KnownParties(party -> true, cells), new KeptDays(calendar, clock)),
            () -> position);
  }

  TotalsQuery totals() {
    return totals;
  }

  static String account(int number) {
    return "account-%05d".formatted(number);
  }

  /**
   * Adds the cells of some accounts on every day of a month; returns how many.
   *
   * @param flushed whether they go to the disk, or stay in the heap
   */
  long fill(YearMonth month, int fromAccount, int toAccount, boolean flushed) {
    long cells = 0;
    try (RecordStore.Hold hold = months.hold(new MonthId(month, MonthId.DEFAULT_CLASS))) {
      MonthBatch batch = hold.month().batch();
      for (int account = fromAccount; account < toAccount; account++) {
        int first = (int) month.atDay(1).toEpochDay();
        for (int day = first; day < first + month.lengthOfMonth(); day++) {
          for (int i = 0; i < CELLS_A_DAY; i++) {
            add(batch, cell(account, day, i));
            cells++;
          }
        }
        if (batch.cells().size() >= CELLS_A_BATCH) {
          hold.month().write(batch, new MonthState(++position, 0, 0, 0, 0, 0));
          flushes(hold.month(), flushed);
        }
      }
      hold.month().write(batch, new MonthState(++position, 0, 0, 0, 0, 0));
      flushes(hold.month(), flushed);
    }
    return cells;
  }

  /**
   * Fills a month with the cells that so many records of made-up traffic come to; returns how many.
   */
  long fillTraffic(YearMonth month, int accounts, long records) {
    TrafficCells traffic = new TrafficCells();
    double shares = 0;
    for (int i = 1; i <= accounts; i++) {
      shares += 1.0 / i;
    }
    int first = (int) month.atDay(1).toEpochDay();
    long[] cells = {0};
    try (RecordStore.Hold hold = months.hold(new MonthId(month, MonthId.DEFAULT_CLASS))) {
      MonthBatch batch = hold.month().batch();
      for (int account = 0; account < accounts; account++) {
        double aDay = records / shares / (account + 1) / month.lengthOfMonth();
        traffic.each(
            account(account),
            aDay,
            first,
            month.lengthOfMonth(),
            (cell, count) -> {
              add(batch, cell, count);
              cells[0]++;
            });
        if (batch.cells().size() >= CELLS_A_BATCH) {
          hold.month().write(batch, new MonthState(++position, 0, 0, 0, 0, 0));
          flushes(hold.month(), true);
        }
      }
      hold.month().write(batch, new MonthState(++position, 0, 0, 0, 0, 0));
      flushes(hold.month(), true);
    }
    return cells[0];
  }

  /** Makes what was written durable: in the table, out of the heap. */
  private static void flushes(Month month, boolean flushed) {
    if (flushed) {
      month.flush();
    }
  }

  /** Makes what was filled durable: written to the table, out of the heap. */
  void flush(YearMonth month) {
    try (RecordStore.Hold hold = months.hold(new MonthId(month, MonthId.DEFAULT_CLASS))) {
      hold.month().flush();
    }
  }

  private static SaleCell cell(int account, int day, int number) {
    return new SaleCell(
        account(account),
        day,
        1 + number / (2 * NETWORKS),
        1,
        2,
        "DE",
        Integer.toString(26201 + number % NETWORKS),
        3 + number / NETWORKS % 2,
        "EUR");
  }

  private void add(MonthBatch batch, SaleCell cell) {
    add(batch, cell, 1 + random.nextInt(200));
  }

  private void add(MonthBatch batch, SaleCell cell, long count) {
    Measures measures = new Measures();
    measures.count().add(count);
    measures.units().add(2 * count);
    measures.amount().add(count * random.nextLong(80_000_000));
    measures.expectedCost().add(count * random.nextLong(60_000_000));
    byte[] key = cell.encode();
    batch.cells().add(key, 0, key.length, measures);
  }

  @Override
  public void close() {
    months.close();
    control.close();
    stores.close();
  }
}
