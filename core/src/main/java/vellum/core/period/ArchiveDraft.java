package vellum.core.period;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Posting;
import vellum.core.billing.PostingKey;
import vellum.core.billing.PostingRow;
import vellum.core.billing.RowCells;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreLoad;
import vellum.core.store.Table;

/**
 * The archive of a month while it is made aside: rows in the order of their keys into sorted files,
 * then a store of its own that is read back before anybody owns it. Closed or killed before it is
 * finished, it goes on behind the last finished file. Not thread-safe; to be closed.
 */
public final class ArchiveDraft implements AutoCloseable {

  private static final int BATCH_BYTES = 1 << 20;
  private static final int FLUSH_BYTES = 32 << 20;

  private final Path making;
  private final Maker maker;
  private final StoreLoad load;
  private @Nullable Store store;
  private @Nullable StoreBatch batch;
  private @Nullable CellRefill cells;

  /** Makes stores of archives. */
  public interface Maker {
    /** A bulk load into a directory, or what goes on with it. */
    StoreLoad load(Path directory, List<Table> tables);

    /** Opens the store of a directory. */
    Store open(Path directory, List<Table> tables);
  }

  /**
   * @param making directory of the draft; not there, or of a draft that is to go on
   */
  public ArchiveDraft(Path making, Maker maker) {
    this.making = making;
    this.maker = maker;
    this.load = maker.load(making, MonthTables.ARCHIVE);
  }

  /** Puts a row; keys come in ascending order. */
  public void put(byte[] key, byte[] row, int offset, int length) {
    load.put(MonthTables.ARCHIVE_RECORDS, key, 0, key.length, row, offset, length);
  }

  /** Makes what was put so far survive an interruption. */
  public void cut() {
    load.cut();
  }

  /** Key of the last row in a finished file; empty when there is none. */
  public byte[] lastKey() {
    byte[] last = load.finished() ? null : load.lastKey(MonthTables.ARCHIVE_RECORDS);
    return last == null ? new byte[0] : last;
  }

  /** Whether all rows are in the store. */
  public boolean isFinished() {
    return load.finished();
  }

  /** Ends the rows, and opens what they make; again after an interruption. */
  public void finish() {
    load.finish();
    store = maker.open(making, MonthTables.ARCHIVE);
    batch = store.batch();
  }

  /** Puts a message in suspense, in any order; after {@link #finish}. */
  public void suspend(byte[] key, MonthBatch.Origin origin, SuspendedMessage message) {
    StoreBatch puts = opened(batch);
    byte[] row = SuspenseKey.of(key, 0, key.length, origin);
    puts.put(MonthTables.ARCHIVE_SUSPENSE, row, message.encode());
    if (puts.bytes() >= BATCH_BYTES) {
      write(puts);
    }
  }

  /**
   * Forgets the postings of an earlier attempt, among which may be ones of messages that a crash
   * took out of the live month's memory: they come again, with those messages.
   */
  public void forgetPostings() {
    StoreBatch deletes = opened(batch);
    try (Scan there = opened(store).scan(MonthTables.POSTINGS, new byte[] {0}, MonthTables.END)) {
      while (there.next()) {
        deletes.delete(MonthTables.POSTINGS, there.key());
        if (deletes.bytes() >= BATCH_BYTES) {
          write(deletes);
        }
      }
    }
  }

  /** Puts a posting, in any order; after {@link #finish}. */
  public void post(Posting posting) {
    StoreBatch puts = opened(batch);
    puts.put(MonthTables.POSTINGS, PostingKey.of(posting), PostingRow.of(posting));
    if (puts.bytes() >= BATCH_BYTES) {
      write(puts);
      if (opened(store).unflushedBytes() >= FLUSH_BYTES) {
        opened(store).flushAll();
      }
    }
  }

  /** All postings in the order of their keys; to be closed. */
  public PostingScan scanPostings() {
    return new PostingScan(
        opened(store).scanAll(MonthTables.POSTINGS, new byte[] {0}, MonthTables.END), null);
  }

  /**
   * Makes all of it durable.
   *
   * @param records rows that were put
   */
  public void flush(long records) {
    StoreBatch puts = opened(batch);
    puts.put(MonthTables.META, MonthTables.stateKey(), MonthState.ofRows(records).encode());
    write(puts);
    opened(store).flushAll();
  }

  private void write(StoreBatch puts) {
    opened(store).write(puts);
    puts.clear();
  }

  /** All rows in order, to be read once and {@linkplain #count counted}; to be closed. */
  public Scan readBack() {
    cells = new CellRefill(new MonthCells(opened(store)));
    return opened(store).scanAll(MonthTables.ARCHIVE_RECORDS, new byte[] {0}, MonthTables.END);
  }

  /** Counts what a row that was read back has in the cells of the archive. */
  public void count(RowCells row) {
    opened(cells).add(row);
  }

  /** All rows were read back and counted: makes the cells durable. */
  public void finishCells() {
    opened(cells).finish(MonthState.EMPTY.position());
    opened(store).flushAll();
  }

  /** Messages in suspense, counted. */
  public long countSuspended() {
    long count = 0;
    try (Scan scan =
        opened(store).scan(MonthTables.ARCHIVE_SUSPENSE, new byte[] {0}, MonthTables.END)) {
      while (scan.next()) {
        count++;
      }
    }
    return count;
  }

  public long fileBytes() {
    return opened(store).stats().liveFileBytes();
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the draft's rows are not finished");
    }
    return part;
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
      store = null;
    }
    load.close();
  }
}
