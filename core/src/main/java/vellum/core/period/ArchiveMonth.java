package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import vellum.core.crypto.YearMac;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreStats;
import vellum.core.strip.AccountHash;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.StrippedRecord;

/**
 * A month of an archive year: its records without identities, one directory, one store. Threads as
 * {@link Month} says.
 */
public final class ArchiveMonth implements Month {

  private static final byte[] STATE = MonthTables.stateKey();

  /** Lies behind every key of every table. */
  private static final byte[] END = behindAll();

  private final MonthId month;
  private final Store store;
  private volatile MonthState state;

  ArchiveMonth(MonthId month, Store store) {
    this.month = month;
    this.store = store;
    byte[] stored = store.get(MonthTables.META, STATE);
    this.state = stored == null ? MonthState.EMPTY : MonthState.decode(stored);
  }

  private static byte[] behindAll() {
    byte[] end = new byte[MonthTables.ARCHIVE_SUSPENSE.keyBytes() + 1];
    Arrays.fill(end, (byte) 0xFF);
    return end;
  }

  @Override
  public MonthId month() {
    return month;
  }

  @Override
  public Stage.Owner owner() {
    return Stage.Owner.ARCHIVE;
  }

  @Override
  public int keyBytes() {
    return ArchiveKey.BYTES;
  }

  @Override
  public MonthState state() {
    return state;
  }

  @Override
  public long flushedPosition() {
    byte[] flushed = store.getFlushed(MonthTables.META, STATE);
    return flushed == null ? 0 : MonthState.decode(flushed).position();
  }

  @Override
  public MonthBatch batch() {
    return new MonthBatch(store.batch(), MonthTables.ARCHIVE_RECORDS, MonthTables.ARCHIVE_SUSPENSE);
  }

  @Override
  public void write(MonthBatch batch, MonthState change) {
    MonthState next = state.plus(change);
    store.write(batch.finish(STATE, next));
    batch.clear();
    state = next;
  }

  /**
   * Writes the batch and clears it, with a state that replaces what the month had: at the moment at
   * which it takes over from the live one.
   */
  public void take(MonthBatch batch, MonthState taken) {
    store.write(batch.finish(STATE, taken));
    batch.clear();
    state = taken;
  }

  @Override
  public void records(byte[] keys, int count, Store.Values rows) {
    store.multiGet(MonthTables.ARCHIVE_RECORDS, keys, count, rows);
  }

  /** All rows from a key on, in order of their keys, as of now; to be closed. */
  public Scan scanRecords(byte[] from) {
    return store.scan(MonthTables.ARCHIVE_RECORDS, from, END);
  }

  /** All messages in suspense, in order of the keys of their records, as of now; to be closed. */
  public SuspenseScan scanSuspense() {
    return new SuspenseScan(
        store.scan(MonthTables.ARCHIVE_SUSPENSE, new byte[0], END), ArchiveKey.BYTES);
  }

  /**
   * The records that an id alone finds: skips from account to account through its bucket, and
   * compares MACs in its second.
   */
  public List<StrippedRecord> records(UUID id, YearMac mac) {
    List<StrippedRecord> found = new ArrayList<>(1);
    long millis = RecordId.millis(id);
    long second = millis / 1000;
    int bucket = RecordKey.bucket(millis);
    RowReader reader = new RowReader();
    AccountHash accounts = new AccountHash();
    byte[] from = ArchiveKey.lowerBound(bucket, 0, second, 0);
    try (Scan scan =
        store.scan(MonthTables.ARCHIVE_RECORDS, from, AccountKeys.prefix(bucket + 1, 0))) {
      while (scan.next()) {
        byte[] key = scan.key();
        int account = Bytes.getInt(key, ArchiveKey.ACCOUNT_OFFSET);
        long order = Long.compare(ArchiveKey.second(key, 0), second);
        if (order < 0) {
          scan.seek(ArchiveKey.lowerBound(bucket, account, second, 0));
        } else if (order == 0) {
          byte[] row = scan.value();
          reader.over(row, 0, row.length);
          byte[] name = accounts.of(row, reader.accountOffset(), reader.accountLength());
          long wanted = mac.mac(name, id.getMostSignificantBits(), id.getLeastSignificantBits());
          if (Bytes.getLong(key, ArchiveKey.MAC_OFFSET) == wanted) {
            found.add(new StrippedRecord(month, key, row));
          }
        } else if (account == -1) {
          break;
        } else {
          scan.seek(ArchiveKey.lowerBound(bucket, account + 1, second, 0));
        }
      }
    }
    return found;
  }

  @Override
  public long unflushedBytes() {
    return store.unflushedBytes();
  }

  @Override
  public synchronized void flush() {
    store.flushAll();
  }

  @Override
  public StoreStats stats() {
    return store.stats();
  }

  @Override
  public void close() {
    store.close();
  }
}
