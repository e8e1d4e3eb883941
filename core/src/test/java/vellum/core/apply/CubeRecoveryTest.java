package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.billing.Measures;
import vellum.core.billing.SaleCell;
import vellum.core.disk.RealDisk;
import vellum.core.period.MonthTables;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Stores;
import vellum.core.store.Table;

/** Totals that are not there, or not of the position of their rows, are made anew. */
final class CubeRecoveryTest {

  private static final MonthId NOVEMBER = MonthId.parse("2026-11.default");
  private static final byte[] HEADER = {0};
  private static final byte[] FIRST = {0};
  private static final byte[] END = new byte[64];

  static {
    Arrays.fill(END, (byte) 0xFF);
  }

  @TempDir Path directory;

  private final CubeTraffic traffic = new CubeTraffic(41);

  private Path live() {
    return directory.resolve("live/2026-11.default");
  }

  private void applied() {
    try (ApplyFixture fixture = CubeTraffic.open(directory)) {
      fixture.send(traffic.batch(200));
      fixture.apply();
    }
  }

  private void assertRight(ApplyFixture fixture) {
    try (RecordStore.Hold hold = fixture.months.hold(NOVEMBER)) {
      assertThat(CubeTraffic.shown(hold.month())).isEqualTo(traffic.expected());
      assertThat(CellsByMonth.shown(hold.month())).isEqualTo(CellsByMonth.of(traffic.expected()));
    }
  }

  private void assertRightFromHereOn() {
    for (int start = 0; start < 2; start++) {
      try (ApplyFixture fixture = CubeTraffic.open(directory)) {
        assertRight(fixture);
        fixture.send(traffic.batch(20));
        fixture.apply();
        assertRight(fixture);
      }
    }
  }

  private static final byte[] CELL =
      new SaleCell("acct-0", 20_000, 1, 1, 1, "", "", 0, "EUR").encode();

  /** Cube, party and day of the cell. */
  private static final int PREFIX = 12;

  private static void inStore(Path path, List<Table> tables, Consumer<Store> use) {
    try (Stores stores = new Stores(new RealDisk(), 8 << 20, 1);
        Store store = stores.open(path, tables, ApplyFixture.options())) {
      use.accept(store);
      store.flushAll();
    }
  }

  /** Puts a page of a cell that no row has, and says of which position the totals are. */
  private static void tamper(Store store, long position) {
    tamper(store, MonthTables.TOTALS, position);
  }

  private static void tamper(Store store, Table table, long position) {
    Output page = new Output(64);
    page.writeVarint(CELL.length - PREFIX);
    page.write(CELL, PREFIX, CELL.length - PREFIX);
    one().write(page);
    StoreBatch batch = store.batch();
    batch.put(table, Arrays.copyOf(CELL, PREFIX + 1), Arrays.copyOf(page.bytes(), page.size()));
    putHeader(batch, 3, position);
    store.write(batch);
  }

  private static Measures one() {
    Measures one = new Measures();
    one.amount().add(1);
    return one;
  }

  private static void putHeader(StoreBatch batch, int version, long position) {
    byte[] header = new byte[9];
    header[0] = (byte) version;
    Bytes.putLong(header, 1, position);
    batch.put(MonthTables.TOTALS, HEADER, header);
  }

  private static long position(Store store) {
    return Bytes.getLong(store.get(MonthTables.TOTALS, HEADER), 1);
  }

  @Test
  void shouldMakeTotalsOfAMonthThatAnEarlierVersionWrote() throws IOException {
    // given: the same rows in a directory without the table
    applied();
    List<Table> before =
        MonthTables.LIVE.stream().filter(table -> !table.name().startsWith("totals")).toList();
    Path old = directory.resolve("old");
    inStore(live(), MonthTables.LIVE, from -> inStore(old, before, to -> copy(from, to, before)));
    new RealDisk().deleteTree(live());
    Files.move(old, live());

    // when, then
    assertRightFromHereOn();
  }

  @Test
  void shouldMakeBothTotalsOfAMonthThatHasThemByDayOnly() throws IOException {
    // given: a directory without the second table, whose header is of the version before
    applied();
    List<Table> before =
        MonthTables.LIVE.stream().filter(table -> !table.equals(MonthTables.TOTALS_MONTH)).toList();
    Path old = directory.resolve("old");
    inStore(
        live(),
        MonthTables.LIVE,
        from ->
            inStore(
                old,
                before,
                to -> {
                  copy(from, to, before);
                  byte[] header = to.get(MonthTables.TOTALS, HEADER);
                  header[0] = 1;
                  StoreBatch batch = to.batch();
                  batch.put(MonthTables.TOTALS, HEADER, header);
                  to.write(batch);
                }));
    new RealDisk().deleteTree(live());
    Files.move(old, live());

    // when, then
    assertRightFromHereOn();
  }

  private static void copy(Store from, Store to, List<Table> tables) {
    StoreBatch batch = to.batch();
    for (Table table : tables) {
      try (Scan scan = from.scan(table, FIRST, END)) {
        while (scan.next()) {
          batch.put(table, scan.key(), scan.value());
        }
      }
    }
    to.write(batch);
  }

  @Test
  void shouldMakeTotalsAnewThatAreOfAnotherPosition() {
    // given: as after a crash behind a flush that the engine made by itself
    applied();
    inStore(live(), MonthTables.LIVE, store -> tamper(store, position(store) - 1));

    // when, then
    assertRightFromHereOn();
  }

  @Test
  void shouldMakeTotalsAnewThatHaveARowForEachCell() {
    // given: as the version before wrote them
    applied();
    inStore(
        live(),
        MonthTables.LIVE,
        store -> {
          Output value = new Output(64);
          one().write(value);
          StoreBatch batch = store.batch();
          batch.put(MonthTables.TOTALS, CELL, Arrays.copyOf(value.bytes(), value.size()));
          putHeader(batch, 2, position(store));
          store.write(batch);
        });

    // when, then
    assertRightFromHereOn();
  }

  @Test
  void shouldTrustTotalsOfTheSamePosition() {
    applied();
    inStore(live(), MonthTables.LIVE, store -> tamper(store, position(store)));
    try (ApplyFixture fixture = CubeTraffic.open(directory);
        RecordStore.Hold hold = fixture.months.hold(NOVEMBER)) {
      assertThat(CubeTraffic.shown(hold.month()))
          .as("made anew only when they must be")
          .isNotEqualTo(traffic.expected());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"totals", "totals-month"})
  void shouldNotGiveAMonthToAnArchiveThatComesToSomethingElse(String tampered) {
    // given
    Table table =
        MonthTables.ARCHIVE.stream().filter(one -> one.name().equals(tampered)).findFirst().get();
    Path archive;
    try (ApplyFixture fixture = CubeTraffic.open(directory);
        StripSteps steps = new StripSteps(fixture, NOVEMBER)) {
      fixture.send(traffic.batch(200));
      fixture.apply();
      steps.destroyKey();
      steps.rewrite();
      assertThat(steps.changes().copy(1)).isZero();
      archive = fixture.months.directories().archive(NOVEMBER);
    }
    inStore(archive, MonthTables.ARCHIVE, store -> tamper(store, table, position(store)));
    try (ApplyFixture fixture = CubeTraffic.open(directory);
        StripSteps steps = new StripSteps(fixture, NOVEMBER)) {
      // when
      CompletableFuture<Void> switched = steps.switchOver();

      // then
      assertThatThrownBy(switched::join)
          .hasCauseInstanceOf(ApplyException.CellsDiffer.class)
          .hasMessageContaining("differs from its live month in the totals of the sale cube")
          .hasMessageNotContaining("acct");
      assertThat(fixture.catalog.owner(NOVEMBER)).isEqualTo(Stage.Owner.LIVE);
      assertRight(fixture);
      fixture.send(traffic.batch(20));
      fixture.apply();
      assertRight(fixture);
    }
  }
}
