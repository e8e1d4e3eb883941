package vellum.core.period;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;
import vellum.core.store.Row;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/**
 * Records that one pseudonym's index rows of one month stand for, in the order of their encrypted
 * references: a fixed order, though not one of time. It holds whatever was ever indexed: records
 * whose later submission names somebody else, and those of a pseudonym with the same first half;
 * the opened record proves. Not thread-safe; to be closed.
 */
public final class SubjectScan implements AutoCloseable {

  private static final byte[] FIRST = new byte[RecordKey.BYTES];

  /** Bytes of a key that a reference tells: all but the last of the id. */
  private static final int KNOWN_BYTES = RecordKey.REFERENCE_OFFSET + RecordKey.REFERENCE_BYTES;

  private final MonthId month;
  private final Store store;
  private final byte[] pseudonym;
  private final MonthCipher cipher;
  private final SubjectKeys rows;
  private final Row row = new Row();

  /** First key that the reference at hand may stand for, or null when it has no record any more. */
  private byte @Nullable [] first;

  private byte @Nullable [] behind;

  /** One for all references: to make a scan costs more than to move one. */
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
    first = null;
    behind = key.clone();
    rows.seek(SubjectKey.of(key, pseudonym, cipher));
  }

  /** The next record, or null at the end. */
  public @Nullable SealedRecord next() {
    while (true) {
      SealedRecord record = first == null ? null : ofReference(first);
      if (record != null) {
        return record;
      }
      byte[] reference = rows.next();
      if (reference == null) {
        return null;
      }
      first = seek(SubjectKey.reference(reference, cipher));
    }
  }

  /** The next record that the reference at hand stands for: nearly always there is one. */
  private @Nullable SealedRecord ofReference(byte[] known) {
    Scan scan = records();
    if (!scan.next(row) || !Arrays.equals(row.key(), 0, KNOWN_BYTES, known, 0, KNOWN_BYTES)) {
      first = null;
      return null;
    }
    return new SealedRecord(
        month,
        Arrays.copyOf(row.key(), row.keyLength()),
        Arrays.copyOf(row.value(), row.valueLength()));
  }

  /** Moves to the first record of a reference, or behind the one to go on from. */
  private byte[] seek(byte[] reference) {
    byte[] start = new byte[RecordKey.BYTES];
    System.arraycopy(reference, 0, start, RecordKey.REFERENCE_OFFSET, reference.length);
    Bytes.putInt(start, RecordKey.BUCKET_OFFSET, RecordKey.bucket(RecordKey.millis(start, 0)));
    byte[] last = behind;
    behind = null;
    if (last != null && Arrays.equals(last, 0, KNOWN_BYTES, start, 0, KNOWN_BYTES)) {
      records().seek(Arrays.copyOf(last, last.length + 1));
    } else {
      records().seek(start);
    }
    return start;
  }

  /** Made behind the index, whose rows it has the records of. */
  private Scan records() {
    Scan scan = records;
    if (scan == null) {
      scan = store.scan(MonthTables.RECORDS, FIRST, MonthTables.END);
      records = scan;
    }
    return scan;
  }

  @Override
  public void close() {
    if (records != null) {
      records.close();
    }
    rows.close();
  }
}
