package vellum.core.period;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.Suspended;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * What of a month could not be processed, read and counted. From any thread, while the month is
 * held; {@link #counted} and {@link #recount} are for who writes to it.
 */
public final class MonthSuspense {

  private final MonthId month;
  private final Store store;
  private final Table table;
  private final int keyBytes;
  private volatile long suspended;

  /**
   * @param keyBytes width of the keys of the month's records
   */
  MonthSuspense(MonthId month, Store store, Table table, int keyBytes) {
    this.month = month;
    this.store = store;
    this.table = table;
    this.keyBytes = keyBytes;
    byte[] stored = store.get(MonthTables.META, MonthTables.SUSPENDED);
    this.suspended = stored == null ? count() : Bytes.getLong(stored, 0);
  }

  /** How many messages there are. */
  long suspended() {
    return suspended;
  }

  /** So many there are by what was written just now, count included. */
  void counted(long now) {
    suspended = now;
  }

  /** Counts them anew: an archive that is made beside its month gets some more than once. */
  void recount() {
    suspended = count();
    StoreBatch batch = store.batch();
    batch.put(MonthTables.META, MonthTables.SUSPENDED, Bytes.ofLong(suspended));
    store.write(batch);
  }

  /** All messages in suspense, in order of the keys of their records, as of now; to be closed. */
  public SuspenseScan scan() {
    return scan(new byte[0], MonthTables.END);
  }

  /**
   * Messages in suspense whose keys begin with some bytes: of a record, or of an account's in a
   * bucket; to be closed.
   */
  public SuspenseScan scan(byte[] prefix) {
    byte[] to = Arrays.copyOf(prefix, table.keyBytes() + 1);
    Arrays.fill(to, prefix.length, to.length, (byte) 0xFF);
    return scan(prefix, to);
  }

  /**
   * Messages in suspense behind a row, of a span of buckets; to be closed. Behind a row whose month
   * was archived since, from its account's first in its bucket.
   *
   * @param after null for the first
   */
  public SuspenseScan scanBehind(@Nullable Suspended after, int firstBucket, int lastBucket) {
    byte[] from = RecordKey.lowerBound(firstBucket, 0, 0, 0);
    byte[] to = MonthTables.END;
    if (lastBucket != -1) {
      to = RecordKey.lowerBound(lastBucket + 1, 0, 0, 0);
    }
    if (after != null) {
      MonthBatch.Origin origin = new MonthBatch.Origin(after.sequence(), after.place());
      byte[] behind =
          after.key().length == keyBytes
              ? Arrays.copyOf(
                  SuspenseKey.of(after.key(), 0, keyBytes, origin), table.keyBytes() + 1)
              : Arrays.copyOf(after.key(), SuspenseKey.ACCOUNT_END);
      from = Arrays.compareUnsigned(behind, from) > 0 ? behind : from;
    }
    return scan(from, to);
  }

  /** Messages in suspense from a row's key on, up to another; to be closed. */
  public SuspenseScan scan(byte[] from, byte[] to) {
    return new SuspenseScan(store.scan(table, from, to), month, keyBytes);
  }

  private long count() {
    long count = 0;
    try (SuspenseScan scan = scan()) {
      while (scan.next()) {
        count++;
      }
    }
    return count;
  }

  /** A message in suspense. */
  public Optional<SuspendedMessage> find(byte[] key, MonthBatch.Origin origin) {
    return Optional.ofNullable(store.get(table, SuspenseKey.of(key, 0, keyBytes, origin)))
        .map(SuspendedMessage::decode);
  }

  /**
   * The key under which a message in suspense stands, by the key that it has or, before the month
   * was archived, had; null when it is not there any more. Both begin alike; what else is of the
   * account in that bucket is told apart by its origin, which nothing shares.
   */
  public byte @Nullable [] keyOf(byte[] key, MonthBatch.Origin origin) {
    if (key.length == keyBytes) {
      return find(key, origin).isPresent() ? key : null;
    }
    try (SuspenseScan scan = scan(Arrays.copyOf(key, SuspenseKey.ACCOUNT_END))) {
      while (scan.next()) {
        if (scan.origin().equals(origin)) {
          return scan.key();
        }
      }
    }
    return null;
  }
}
