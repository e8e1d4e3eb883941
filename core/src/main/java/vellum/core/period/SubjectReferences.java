package vellum.core.period;

import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;

/**
 * What the index says of one pseudonym without a look at the records: where those begin that it
 * stands for, in no order of time. Not thread-safe; to be closed.
 */
public final class SubjectReferences implements AutoCloseable {

  /** Bytes of a {@link RecordKey} that a reference tells: all but the last four of the id. */
  public static final int BYTES = RecordKey.REFERENCE_OFFSET + RecordKey.REFERENCE_BYTES;

  private final SubjectKeys rows;
  private final MonthCipher cipher;
  private final byte[] padded = new byte[RecordKey.BYTES];

  SubjectReferences(SubjectKeys rows, MonthCipher cipher) {
    this.rows = rows;
    this.cipher = cipher;
  }

  /** The first {@link #BYTES} of the next record's key, or null at the end. */
  public byte @Nullable [] next() {
    byte[] row = rows.next();
    if (row == null) {
      return null;
    }
    byte[] reference = SubjectKey.reference(row, cipher);
    System.arraycopy(reference, 0, padded, RecordKey.REFERENCE_OFFSET, reference.length);
    byte[] start = new byte[BYTES];
    System.arraycopy(reference, 0, start, RecordKey.REFERENCE_OFFSET, reference.length);
    Bytes.putInt(start, RecordKey.BUCKET_OFFSET, RecordKey.bucket(RecordKey.millis(padded, 0)));
    return start;
  }

  @Override
  public void close() {
    rows.close();
  }
}
