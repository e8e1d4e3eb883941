package vellum.core.period;

import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.store.Scan;

/**
 * The keys of one account, or of all, in a table of records, live or archived, both of which start
 * with bucket and account: jumps from bucket to bucket, over the other accounts. Accounts whose
 * hashes start alike are among them. Not thread-safe; to be closed.
 */
public final class AccountKeys implements AutoCloseable {

  private static final int PREFIX_BYTES = RecordKey.ID_OFFSET;

  private final Scan scan;
  private final boolean all;
  private final int part;
  private final int lastBucket;

  /**
   * @param scan that starts at or before the first key wanted
   * @param account null for all
   */
  public AccountKeys(Scan scan, @Nullable AccountId account, int lastBucket) {
    this.scan = scan;
    this.all = account == null;
    this.part = account == null ? 0 : account.keyPart();
    this.lastBucket = lastBucket;
  }

  /** The next key, or an empty array at the end. */
  public byte[] next() {
    while (scan.next()) {
      byte[] key = scan.key();
      int bucket = Bytes.getInt(key, RecordKey.BUCKET_OFFSET);
      int order = Integer.compareUnsigned(Bytes.getInt(key, RecordKey.ACCOUNT_OFFSET), part);
      if (Integer.compareUnsigned(bucket, lastBucket) > 0) {
        break;
      }
      if (all || order == 0) {
        return key;
      }
      int next = order > 0 ? bucket + 1 : bucket;
      if (Integer.compareUnsigned(next, lastBucket) > 0) {
        break;
      }
      scan.seek(prefix(next, part));
    }
    return new byte[0];
  }

  /** The row of the key at hand. */
  public byte[] row() {
    return scan.value();
  }

  static byte[] prefix(int bucket, int part) {
    byte[] key = new byte[PREFIX_BYTES];
    Bytes.putInt(key, RecordKey.BUCKET_OFFSET, bucket);
    Bytes.putInt(key, RecordKey.ACCOUNT_OFFSET, part);
    return key;
  }

  @Override
  public void close() {
    scan.close();
  }
}
