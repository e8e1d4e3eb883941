package vellum.core.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.MonthCell;
import vellum.core.billing.SaleCell;
import vellum.core.disk.RealDisk;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;

/** More cells than are written at a time: in the heap, on their way to the tables, in them. */
final class MonthCellsTest {

  private static final int FIRST = (int) LocalDate.parse("2026-10-01").toEpochDay();
  private static final int ACCOUNTS = 300;
  private static final int DAYS = 40;

  @TempDir Path directory;

  private final Stores stores = new Stores(new RealDisk(), 8 << 20, 1);
  private final CellMap expected = new CellMap();
  private final Random random = new Random(5);

  private Store open() {
    return stores.open(directory.resolve("month"), MonthTables.LIVE, StoreOptions.otherMonth());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  /** Few of the accounts have most cells, so that some pages have many and some one. */
  private byte[] key() {
    int account = random.nextInt(1 + random.nextInt(ACCOUNTS));
    String network = "2620" + random.nextInt(account < 3 ? 10 : 1);
    int status = random.nextInt(account < 3 ? 6 : 2);
    int day = FIRST + random.nextInt(DAYS);
    return new SaleCell("account-" + account, day, 1, 1, 1, "DE", network, status, "EUR").encode();
  }

  /** A cell that gets some and one that loses the same, again and again. */
  private CellMap moves(int count) {
    CellMap moves = new CellMap();
    for (int i = 0; i < count; i++) {
      Measures some = new Measures();
      some.amount().add(1 + random.nextInt(1_000_000));
      byte[] to = key();
      byte[] from = key();
      moves.add(to, 0, to.length, some);
      moves.subtract(from, 0, from.length, some);
    }
    expected.addAll(moves);
    return moves;
  }

  private static CellMap read(MonthCells cells, CellRange range) {
    CellMap read = new CellMap();
    cells.read(range, read::add);
    return read;
  }

  private static CellMap byMonth(CellMap days) {
    CellMap months = new CellMap();
    MonthCell month = new MonthCell();
    days.forEach(
        CellRange.all(Cube.SALE),
        (key, offset, length, measures) ->
            months.add(month.of(key, offset, length), 0, length, measures));
    return months;
  }

  private static Measures sum(CellMap cells) {
    Measures sum = new Measures();
    cells.forEach(CellRange.all(Cube.SALE), (key, offset, length, some) -> sum.add(some));
    return sum;
  }

  private static void assertSame(CellMap actual, CellMap expected) {
    CellMap difference = new CellMap();
    difference.addAll(actual);
    expected.forEach(CellRange.all(Cube.SALE), difference::subtract);
    assertThat(difference.isEmpty()).isTrue();
  }

  private void assertRight(MonthCells cells) {
    CellRange all = CellRange.all(Cube.SALE);
    assertThat(expected.isEmpty()).isFalse();
    assertSame(read(cells, all), expected);
    assertSame(byMonth(read(cells, all.byMonth())), byMonth(expected));
    for (int account = 0; account < 20; account++) {
      CellRange range =
          new CellRange(Cube.SALE, "account-" + account, FIRST + 3, FIRST + DAYS - 7, false);
      CellMap some = new CellMap();
      expected.forEach(range, some::add);
      assertSame(read(cells, range), some);
    }
  }

  @Test
  void shouldShowEachChangeOnceWhileItIsWritten() {
    AtomicBoolean isOver = new AtomicBoolean();
    try (Store store = open()) {
      MonthCells cells = new MonthCells(store);
      CompletableFuture<Integer> reads =
          CompletableFuture.supplyAsync(
              () -> {
                int count = 0;
                CellRange all = CellRange.all(Cube.SALE);
                while (!isOver.get()) {
                  CellMap days = read(cells, all);
                  assertThat(sum(days).amount().isZero()).isTrue();
                  assertThat(sum(read(cells, all.byMonth())).amount().isZero()).isTrue();
                  count++;
                }
                return count;
              });
      CompletableFuture<Integer> writes =
          CompletableFuture.supplyAsync(
              () -> {
                int count = 0;
                while (!isOver.get()) {
                  cells.prepare();
                  cells.write(++count);
                }
                return count;
              });
      // when
      for (int i = 0; i < 60; i++) {
        cells.add(moves(4_000));
      }
      isOver.set(true);
      // then
      assertThat(reads.join()).isPositive();
      int last = writes.join();
      assertRight(cells);
      cells.prepare();
      cells.write(last + 1);
      assertThat(cells.changes()).isZero();
      assertRight(cells);
      assertThat(new MonthCells(store).position()).isEqualTo(last + 1);
      assertRight(new MonthCells(store));
    }
  }

  @Test
  void shouldGoOnBehindWhatWasWrittenWhenThereWasNoRoom() {
    try (Store store = open()) {
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      MonthCells cells = new MonthCells(failing(store, left));
      cells.add(moves(20_000));
      cells.prepare();
      cells.write(1);
      cells.add(moves(20_000));
      // when
      for (int times = 0; times < 3; times++) {
        left.set(1);
        assertThatThrownBy(cells::prepare).isInstanceOf(IllegalStateException.class);
        assertThat(new MonthCells(store).position()).isEqualTo(MonthCells.NO_POSITION);
        assertRight(cells);
        cells.add(moves(1_000));
        left.set(0);
        assertThatThrownBy(() -> cells.write(2)).isInstanceOf(IllegalStateException.class);
        assertRight(cells);
      }
      left.set(Integer.MAX_VALUE);
      cells.write(3);
      // then
      assertRight(cells);
      assertThat(cells.position()).isEqualTo(3);
      assertRight(new MonthCells(store));
    }
  }

  @Test
  void shouldKeepNoRowOfWhatComesToNothing() {
    try (Store store = open()) {
      // given
      MonthCells cells = new MonthCells(store);
      CellMap some = moves(2_000);
      cells.add(some);
      cells.write(1);
      assertThat(rows(store, MonthTables.TOTALS)).isGreaterThan(1000);
      assertThat(rows(store, MonthTables.TOTALS_MONTH)).isPositive();
      // when
      CellMap back = new CellMap();
      some.forEach(CellRange.all(Cube.SALE), back::subtract);
      cells.add(back);
      cells.write(2);
      // then
      assertThat(rows(store, MonthTables.TOTALS)).isZero();
      assertThat(rows(store, MonthTables.TOTALS_MONTH)).isZero();
    }
  }

  /** Without that of the position. */
  private static int rows(Store store, Table table) {
    int rows = 0;
    try (Scan scan = store.scan(table, new byte[] {1}, MonthTables.END)) {
      while (scan.next()) {
        rows++;
      }
    }
    return rows;
  }

  /** The store, failing when it has written so many batches. */
  private static Store failing(Store store, AtomicInteger left) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("write") && left.getAndDecrement() <= 0) {
                throw new IllegalStateException("no room");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
