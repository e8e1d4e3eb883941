package vellum.core.strip;

import java.util.UUID;
import vellum.core.crypto.YearMac;
import vellum.core.record.AccountHash;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;

/**
 * Key of a stripped record: sorts as {@link RecordKey} does, down to the second; then by a MAC of
 * the record's id under the secret of its archive year, so that a later message still finds its
 * record, and nobody without the secret does.
 *
 * <pre>
 *    0  u32  bucket: milliseconds of the id &gt;&gt; 22 (about 70 minutes)
 *    4  u32  account: first four bytes of its hash
 *    8  u16  second of started_at, counted from the second in which the bucket starts (0 to 4195)
 *   10  u64  MAC of account and record id
 *   18
 * </pre>
 *
 * Two ids of one account and second share a MAC with a probability of 2^-64 a pair: 10^-8 for a
 * month of a billion records of one account.
 */
public final class ArchiveKey {

  public static final int BYTES = 18;
  public static final int BUCKET_OFFSET = 0;
  public static final int ACCOUNT_OFFSET = BUCKET_OFFSET + Integer.BYTES;
  public static final int SECOND_OFFSET = ACCOUNT_OFFSET + Integer.BYTES;
  public static final int MAC_OFFSET = SECOND_OFFSET + Short.BYTES;

  private static final int BUCKET_SHIFT = 22;

  private ArchiveKey() {}

  /** Writes the key of the record whose {@link RecordKey} stands at an offset. */
  public static void write(byte[] out, int offset, byte[] recordKey, int keyOffset, long mac) {
    int bucket = Bytes.getInt(recordKey, keyOffset + RecordKey.BUCKET_OFFSET);
    long second = RecordKey.millis(recordKey, keyOffset) / 1000 - firstSecond(bucket);
    System.arraycopy(recordKey, keyOffset, out, offset, SECOND_OFFSET);
    out[offset + SECOND_OFFSET] = (byte) (second >>> 8);
    out[offset + SECOND_OFFSET + 1] = (byte) second;
    Bytes.putLong(out, offset + MAC_OFFSET, mac);
  }

  /** The key of a record by its account and id. */
  public static byte[] of(AccountId account, UUID id, YearMac mac) {
    byte[] key = new byte[BYTES];
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    write(key, 0, RecordKey.of(account, id), 0, mac.mac(new AccountHash().of(account), high, low));
    return key;
  }

  /**
   * The first key of an account in a bucket from a second and MAC on.
   *
   * @param second since the epoch; one before the bucket counts as its first
   */
  public static byte[] lowerBound(int bucket, int accountPart, long second, long mac) {
    byte[] key = new byte[BYTES];
    long relative = Math.max(0, second - firstSecond(bucket));
    Bytes.putInt(key, BUCKET_OFFSET, bucket);
    Bytes.putInt(key, ACCOUNT_OFFSET, accountPart);
    key[SECOND_OFFSET] = (byte) (relative >>> 8);
    key[SECOND_OFFSET + 1] = (byte) relative;
    Bytes.putLong(key, MAC_OFFSET, mac);
    return key;
  }

  /** Second since the epoch in which the record started. */
  public static long second(byte[] key, int offset) {
    int high = key[offset + SECOND_OFFSET] & 0xFF;
    int low = key[offset + SECOND_OFFSET + 1] & 0xFF;
    return firstSecond(Bytes.getInt(key, offset + BUCKET_OFFSET)) + (high << 8 | low);
  }

  private static long firstSecond(int bucket) {
    return ((bucket & 0xFFFF_FFFFL) << BUCKET_SHIFT) / 1000;
  }
}
