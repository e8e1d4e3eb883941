package vellum.core.apply;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import vellum.core.period.ArchiveMonth;
import vellum.core.period.Catalog;
import vellum.core.period.LiveMonth;
import vellum.core.period.MonthBatch;
import vellum.core.period.MonthState;
import vellum.core.period.MonthTables;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.period.SuspendedMessage;
import vellum.core.period.SuspenseScan;
import vellum.core.record.MonthId;
import vellum.core.seal.SealFixture;
import vellum.core.store.Scan;
import vellum.core.store.StoreLoad;
import vellum.core.strip.RowStripper;

/** The strip of one month, taken step by step by hand. */
final class StripSteps implements AutoCloseable {

  private final ApplyFixture fixture;
  private final MonthId month;
  private RecordStore.@Nullable Hold live;
  private RecordStore.@Nullable Hold archive;

  StripSteps(ApplyFixture fixture, MonthId month) {
    this.fixture = fixture;
    this.month = month;
  }

  /** A month that is stripped from LIVE to SWITCHED, nothing coming in between. */
  static void strip(ApplyFixture fixture, MonthId month) {
    try (StripSteps steps = new StripSteps(fixture, month)) {
      steps.destroyKey();
      steps.rewrite();
      steps.switchOver().join();
    }
  }

  void move(Stage stage) {
    fixture.catalog.move(
        month, new Catalog.Entry(stage, SealFixture.NOW, fixture.journal.forced()), batch -> {});
  }

  void destroyKey() {
    move(Stage.SEALING_STOPPED);
    fixture.keys.destroy(month, SealFixture.NOW);
    move(Stage.KEY_DESTROYED);
  }

  /** Builds the archive from what the live month has now. */
  void rewrite() {
    move(Stage.DRAINED);
    move(Stage.REWRITING);
    RowStripper stripper = fixture.monthKeys.stripper(month);
    SortedMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    try (RecordStore.Hold hold = fixture.months.hold(month);
        Scan scan = ((LiveMonth) hold.month()).scanRecords(new byte[0])) {
      while (scan.next()) {
        byte[] row = scan.value();
        stripper.strip(scan.key(), 0, row, 0, row.length);
        rows.put(
            stripper.key().clone(), Arrays.copyOf(stripper.row().bytes(), stripper.row().size()));
      }
    }
    load(rows);
    move(Stage.VERIFIED);
    suspend(stripper);
  }

  /** Carries over what was in suspense when the archive was made. */
  private void suspend(RowStripper stripper) {
    try (RecordStore.Hold from = fixture.months.holdAs(month, Stage.Owner.LIVE);
        RecordStore.Hold to = fixture.months.holdAs(month, Stage.Owner.ARCHIVE);
        SuspenseScan scan = from.month().suspense().scan()) {
      MonthBatch batch = to.month().batch();
      while (scan.next()) {
        SuspendedMessage message = scan.message();
        stripper.strip(scan.key(), 0, message.row(), 0, message.row().length);
        byte[] row = Arrays.copyOf(stripper.row().bytes(), stripper.row().size());
        batch.suspend(stripper.key(), 0, scan.origin(), message.withRow(row));
      }
      to.month().write(batch, new MonthState(0, 0, 0, 0, 0, 0));
    }
  }

  private void load(SortedMap<byte[], byte[]> rows) {
    try {
      Files.createDirectories(fixture.months.directories().year(month));
      try (StoreLoad load =
          fixture.stores.load(
              fixture.months.directories().making(month),
              MonthTables.ARCHIVE,
              ApplyFixture.options())) {
        rows.forEach((key, row) -> load.put(MonthTables.ARCHIVE_RECORDS, key, row));
        load.put(MonthTables.META, MonthTables.stateKey(), MonthState.ofRows(rows.size()).encode());
        load.finish();
      }
      Files.move(
          fixture.months.directories().making(month),
          fixture.months.directories().archive(month),
          ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChangeCopy changes() {
    live = live == null ? fixture.months.holdAs(month, Stage.Owner.LIVE) : live;
    archive = archive == null ? fixture.months.holdAs(month, Stage.Owner.ARCHIVE) : archive;
    return new ChangeCopy(
        (LiveMonth) live.month(),
        (ArchiveMonth) archive.month(),
        fixture.monthKeys.stripper(month));
  }

  /** The switch, as the task that the applier is to run. */
  LongConsumer task() {
    return new Switch(month, changes(), fixture.catalog, () -> SealFixture.NOW);
  }

  /** Switches; what is forced may still wait to be applied. */
  CompletableFuture<Void> switchOver() {
    CompletableFuture<Void> done = fixture.applier.between(task());
    fixture.applier.doWork();
    return done;
  }

  @Override
  public void close() {
    if (live != null) {
      live.close();
    }
    if (archive != null) {
      archive.close();
    }
  }
}
