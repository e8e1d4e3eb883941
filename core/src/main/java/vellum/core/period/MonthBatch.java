package vellum.core.period;

import vellum.core.store.StoreBatch;

/**
 * Changes to one live month, written as a whole with the position they bring it to. Not
 * thread-safe; reused from batch to batch.
 */
public final class MonthBatch {

  private static final byte[] NOTHING = new byte[0];

  private final StoreBatch batch;

  MonthBatch(StoreBatch batch) {
    this.batch = batch;
  }

  /** Puts a row under a record key. */
  public void putRecord(byte[] key, int keyOffset, byte[] row, int rowOffset, int rowLength) {
    int keyLength = MonthTables.RECORDS.keyBytes();
    batch.put(MonthTables.RECORDS, key, keyOffset, keyLength, row, rowOffset, rowLength);
  }

  /** Puts a {@link SubjectKey}. */
  public void putSubject(byte[] key, int keyOffset) {
    batch.put(MonthTables.SUBJECTS, key, keyOffset, SubjectKey.BYTES, NOTHING, 0, 0);
  }

  /** Keeps a message that could not be merged, with the code of the reason before its row. */
  public void suspend(byte[] key, int keyOffset, Origin origin, int code, byte[] row) {
    byte[] value = new byte[row.length + 1];
    value[0] = (byte) code;
    System.arraycopy(row, 0, value, 1, row.length);
    batch.put(
        MonthTables.SUSPENSE,
        SuspenseKey.of(key, keyOffset, origin.sequence(), origin.place()),
        value);
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

  /** Forgets what was put. */
  public void clear() {
    batch.clear();
  }
}
