package vellum.core.period;

import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;

/**
 * Key of a message in suspense.
 *
 * <pre>
 *    0  k   key of the record: 24 in a live month, 18 in an archived one
 *    k  8   journal sequence of the batch that brought it
 *  k+8  4   its place in the batch
 * k+12
 * </pre>
 *
 * A replay makes the same key again, so nothing is kept twice.
 */
final class SuspenseKey {

  /** Bytes behind the record's key. */
  static final int ORIGIN_BYTES = Long.BYTES + Integer.BYTES;

  /** Where the account's part ends, in record keys and archive keys alike. */
  static final int ACCOUNT_END = RecordKey.ID_OFFSET;

  private SuspenseKey() {}

  static byte[] of(byte[] key, int keyOffset, int keyBytes, MonthBatch.Origin origin) {
    byte[] out = new byte[keyBytes + ORIGIN_BYTES];
    System.arraycopy(key, keyOffset, out, 0, keyBytes);
    Bytes.putLong(out, keyBytes, origin.sequence());
    Bytes.putInt(out, keyBytes + Long.BYTES, origin.place());
    return out;
  }

  /** Where the message came from, out of its key. */
  static MonthBatch.Origin origin(byte[] key, int keyBytes) {
    return new MonthBatch.Origin(
        Bytes.getLong(key, keyBytes), Bytes.getInt(key, keyBytes + Long.BYTES));
  }
}
