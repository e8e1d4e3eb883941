package vellum.core.period;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.core.seal.SealedRecord;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/**
 * Records of one account in one month, from a time to a time, in order of their ids. Jumps from
 * bucket to bucket, over the other accounts. Not thread-safe; to be closed.
 */
public final class RecordScan implements AutoCloseable {

  private final MonthId month;
  private final Scan scan;
  private final AccountId account;
  private final long fromMicros;
  private final long toMicros;
  private final int lastBucket;
  private final RowReader reader = new RowReader();
  private int bucket;

  RecordScan(MonthId month, Store store, AccountId account, long fromMicros, long toMicros) {
    this.month = month;
    this.account = account;
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
    this.bucket = RecordKey.bucket(Math.max(0, fromMicros) / 1000);
    this.lastBucket = RecordKey.bucket(Math.max(0, toMicros) / 1000);
    int part = account.keyPart();
    byte[] from = RecordKey.lowerBound(bucket, part, 0, 0);
    this.scan =
        store.scan(MonthTables.RECORDS, from, RecordKey.lowerBound(lastBucket + 1, 0, 0, 0));
  }

  /** Moves so that {@link #next} goes on behind a key. */
  public void seekBehind(byte[] key) {
    bucket = Bytes.getInt(key, RecordKey.BUCKET_OFFSET);
    byte[] next = Arrays.copyOf(key, key.length + 1);
    scan.seek(next);
  }

  /** The next record, or null at the end. */
  public @Nullable SealedRecord next() {
    int part = account.keyPart();
    while (scan.next()) {
      byte[] key = scan.key();
      int keyBucket = Bytes.getInt(key, RecordKey.BUCKET_OFFSET);
      int order = Integer.compareUnsigned(Bytes.getInt(key, RecordKey.ACCOUNT_OFFSET), part);
      if (order == 0 && keyBucket <= lastBucket) {
        SealedRecord record = new SealedRecord(month, key, scan.value());
        if (isWanted(record)) {
          return record;
        }
      } else {
        bucket = order > 0 ? keyBucket + 1 : keyBucket;
        if (bucket > lastBucket) {
          return null;
        }
        scan.seek(RecordKey.lowerBound(bucket, part, 0, 0));
      }
    }
    return null;
  }

  private boolean isWanted(SealedRecord record) {
    reader.over(record.row(), 0, record.row().length);
    long startedAt = record.startedAtMicros();
    return startedAt >= fromMicros
        && startedAt < toMicros
        && reader.account().equals(account.value());
  }

  @Override
  public void close() {
    scan.close();
  }
}
