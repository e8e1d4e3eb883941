package vellum.core.record;

import java.util.UUID;

/**
 * Key of a record in its month: sorts by time to the bucket, then by account, then by id.
 *
 * <pre>
 *    0  u32  bucket: milliseconds of the id &gt;&gt; 22 (about 70 minutes)
 *    4  u32  account: first four bytes of its hash
 *    8  16   record_id
 *   24
 * </pre>
 *
 * Time first keeps inserts at the end of the key space, where an account first would spread them.
 * Bytes 4 to 20 are the record's {@linkplain #REFERENCE_OFFSET reference}: account and the first
 * twelve bytes of the id, from which the bucket follows; the subject index holds it encrypted.
 */
public final class RecordKey {

  public static final int BYTES = 24;
  public static final int BUCKET_OFFSET = 0;
  public static final int ACCOUNT_OFFSET = BUCKET_OFFSET + Integer.BYTES;
  public static final int ID_OFFSET = ACCOUNT_OFFSET + Integer.BYTES;
  public static final int REFERENCE_OFFSET = ACCOUNT_OFFSET;
  public static final int REFERENCE_BYTES = 16;

  private static final int BUCKET_SHIFT = 22;

  private RecordKey() {}

  /** Writes the key of an id whose high and low halves are given. */
  public static void write(byte[] out, int offset, int accountPart, long high, long low) {
    Bytes.putInt(out, offset + BUCKET_OFFSET, bucket(high >>> 16));
    Bytes.putInt(out, offset + ACCOUNT_OFFSET, accountPart);
    Bytes.putLong(out, offset + ID_OFFSET, high);
    Bytes.putLong(out, offset + ID_OFFSET + Long.BYTES, low);
  }

  public static byte[] of(AccountId account, UUID id) {
    byte[] key = new byte[BYTES];
    write(key, 0, account.keyPart(), id.getMostSignificantBits(), id.getLeastSignificantBits());
    return key;
  }

  /** The first key of an account in a bucket; with the next account's, the bounds of a scan. */
  public static byte[] lowerBound(int bucket, int accountPart, long idHigh, long idLow) {
    byte[] key = new byte[BYTES];
    Bytes.putInt(key, BUCKET_OFFSET, bucket);
    Bytes.putInt(key, ACCOUNT_OFFSET, accountPart);
    Bytes.putLong(key, ID_OFFSET, idHigh);
    Bytes.putLong(key, ID_OFFSET + Long.BYTES, idLow);
    return key;
  }

  /** The bucket of a time in milliseconds since the epoch. */
  public static int bucket(long millis) {
    return (int) (millis >>> BUCKET_SHIFT);
  }

  /** First millisecond of the bucket in the key at {@code offset}. */
  public static long bucketMillis(byte[] key, int offset) {
    return (Bytes.getInt(key, offset + BUCKET_OFFSET) & 0xFFFF_FFFFL) << BUCKET_SHIFT;
  }

  public static UUID id(byte[] key, int offset) {
    return new UUID(
        Bytes.getLong(key, offset + ID_OFFSET),
        Bytes.getLong(key, offset + ID_OFFSET + Long.BYTES));
  }

  /** Milliseconds of the id in the key at {@code offset}. */
  public static long millis(byte[] key, int offset) {
    return Bytes.getLong(key, offset + ID_OFFSET) >>> 16;
  }
}
