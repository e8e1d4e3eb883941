package vellum.core.period;

import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.store.Row;
import vellum.core.store.Scan;

/**
 * The rows of a month, live or archived, by buckets of time: those of any bucket, in any order of
 * buckets, as they were when this was opened. Not thread-safe; to be closed before its month is.
 */
public final class BucketRows implements AutoCloseable {

  private final Month month;
  private final Scan scan;
  private final boolean all;
  private final int part;
  private final Row row = new Row();

  /** Takes a row; for one call only, as its buffers are used again. */
  @FunctionalInterface
  public interface Sink {

    /**
     * @param second of started_at, since the epoch
     */
    void row(Row row, long second);
  }

  /**
   * @param account whose rows, and those of accounts whose hashes are the same; null for all
   */
  public BucketRows(Month month, @Nullable AccountId account) {
    this.month = month;
    this.all = account == null;
    this.part = account == null ? 0 : account.keyPart();
    byte[] first = AccountKeys.prefix(0, 0);
    this.scan = all ? month.readRecords(first) : month.scanRecords(first);
  }

  /** Hands out the rows of a {@linkplain RecordKey#bucket bucket}, those of an account by time. */
  public void read(int bucket, Sink sink) {
    scan.seek(AccountKeys.prefix(bucket, part));
    while (scan.next(row)) {
      byte[] key = row.key();
      boolean isMeant =
          Bytes.getInt(key, RecordKey.BUCKET_OFFSET) == bucket
              && (all || Bytes.getInt(key, RecordKey.ACCOUNT_OFFSET) == part);
      if (!isMeant) {
        return;
      }
      sink.row(row, month.second(key, 0));
    }
  }

  @Override
  public void close() {
    scan.close();
  }
}
