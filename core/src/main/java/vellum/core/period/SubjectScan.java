package vellum.core.period;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/**
 * Records that one pseudonym's index rows of one month stand for, in the order of their encrypted
 * references: a fixed order, though not one of time. It holds whatever was ever indexed: records
 * whose later submission names somebody else, and those of a pseudonym with the same first half;
 * the opened record proves. Not thread-safe; to be closed.
 */
public final class SubjectScan implements AutoCloseable {

  private final MonthId month;
  private final Store store;
  private final byte[] pseudonym;
  private final MonthCipher cipher;
  private final SubjectKeys rows;
  private byte @Nullable [] behind;
  private @Nullable Scan records;

  SubjectScan(
      MonthId month, Store store, SubjectIndex index, byte[] pseudonym, MonthCipher cipher) {
    this.month = month;
    this.store = store;
    this.pseudonym = pseudonym;
    this.cipher = cipher;
    this.rows = index.scan(pseudonym);
  }

  /**
   * Moves so that {@link #next} goes on behind a record. Its index row is made anew from its key,
   * so that a place to go on from needs to hold nothing of the person.
   */
  public void seekBehind(byte[] key) {
    closeRecords();
    behind = key.clone();
    rows.seek(SubjectKey.of(key, pseudonym, cipher));
  }

  /** The next record, or null at the end. */
  public @Nullable SealedRecord next() {
    while (true) {
      if (records != null) {
        if (records.next()) {
          return new SealedRecord(month, records.key(), records.value());
        }
        closeRecords();
      }
      byte[] row = rows.next();
      if (row == null) {
        return null;
      }
      records = referenced(SubjectKey.reference(row, cipher));
    }
  }

  /** The records that a reference stands for: nearly always one. */
  private Scan referenced(byte[] reference) {
    byte[] start = new byte[RecordKey.REFERENCE_OFFSET + reference.length];
    System.arraycopy(reference, 0, start, RecordKey.REFERENCE_OFFSET, reference.length);
    Bytes.putInt(start, RecordKey.BUCKET_OFFSET, RecordKey.bucket(RecordKey.millis(start, 0)));
    byte[] from = Arrays.copyOf(start, RecordKey.BYTES);
    byte[] to = Arrays.copyOf(start, RecordKey.BYTES + 1);
    Arrays.fill(to, start.length, to.length, (byte) 0xFF);
    Scan found = store.scan(MonthTables.RECORDS, from, to);
    if (behind != null && Arrays.equals(behind, 0, start.length, start, 0, start.length)) {
      found.seek(Arrays.copyOf(behind, behind.length + 1));
    }
    behind = null;
    return found;
  }

  private void closeRecords() {
    if (records != null) {
      records.close();
      records = null;
    }
  }

  @Override
  public void close() {
    closeRecords();
    rows.close();
  }
}
