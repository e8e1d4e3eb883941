package vellum.core.period;

import vellum.core.billing.CellMap;
import vellum.core.record.Bytes;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * Changes to one month, written as a whole with the position they bring it to. Keys are the month's
 * own: record keys when it is live, archive keys when it is not. Not thread-safe; reused from batch
 * to batch.
 */
public final class MonthBatch {

  private static final byte[] NOTHING = new byte[0];

  private final StoreBatch batch;
  private final Table records;
  private final Table suspense;
  private final CellMap cells = new CellMap();
  private final byte[] changed = new byte[MonthTables.CHANGED.keyBytes()];

  MonthBatch(StoreBatch batch, Table records, Table suspense) {
    this.batch = batch;
    this.records = records;
    this.suspense = suspense;
  }

  /** Puts a row under the key of its record. */
  public void putRecord(byte[] key, int keyOffset, byte[] row, int rowOffset, int rowLength) {
    batch.put(records, key, keyOffset, records.keyBytes(), row, rowOffset, rowLength);
  }

  /** Puts a {@link SubjectKey}; of live months. */
  public void putSubject(byte[] key, int keyOffset) {
    batch.put(MonthTables.SUBJECTS, key, keyOffset, SubjectKey.BYTES, NOTHING, 0, 0);
  }

  /**
   * Notes that what is under a record key changes with this batch; of live months.
   *
   * @param sequence position that the batch brings the month to
   */
  public void noteChange(long sequence, byte[] key, int keyOffset) {
    Bytes.putLong(changed, 0, sequence);
    System.arraycopy(key, keyOffset, changed, Long.BYTES, changed.length - Long.BYTES);
    batch.put(MonthTables.CHANGED, changed, 0, changed.length, NOTHING, 0, 0);
  }

  /** Keeps a message that could not be merged, with the code of the reason before its row. */
  public void suspend(byte[] key, int keyOffset, Origin origin, int code, byte[] row) {
    byte[] value = new byte[row.length + 1];
    value[0] = (byte) code;
    System.arraycopy(row, 0, value, 1, row.length);
    batch.put(suspense, SuspenseKey.of(key, keyOffset, records.keyBytes(), origin), value);
  }

  /**
   * By how much the cells of the month change with this batch: what is added here is seen with the
   * rows, at once. Of months of traffic.
   */
  public CellMap cells() {
    return cells;
  }

  /**
   * Where a message came from.
   *
   * @param sequence of its batch in the journal
   * @param place in the batch
   */
  public record Origin(long sequence, int place) {}

  StoreBatch finish(byte[] stateKey, MonthState state) {
    batch.put(MonthTables.META, stateKey, state.encode());
    return batch;
  }

  /** Takes away what says of which position the cells are. */
  void forgetCellPosition() {
    MonthCells.forgetPosition(batch);
  }

  /** Bytes so far. */
  public int bytes() {
    return batch.bytes();
  }

  /** Forgets what was put. */
  public void clear() {
    batch.clear();
    cells.clear();
  }
}
