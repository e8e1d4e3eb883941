package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreStats;

/**
 * A month of one retention class, for as long as it holds identities: one directory, one store.
 * Threads as {@link Month} says.
 */
public final class LiveMonth implements Month {

  private static final byte[] STATE = "state".getBytes(StandardCharsets.US_ASCII);

  private final MonthId month;
  private final Store store;
  private volatile MonthState state;

  LiveMonth(MonthId month, Store store) {
    this.month = month;
    this.store = store;
    byte[] stored = store.get(MonthTables.META, STATE);
    this.state = stored == null ? MonthState.EMPTY : MonthState.decode(stored);
  }

  @Override
  public MonthId month() {
    return month;
  }

  @Override
  public Stage.Owner owner() {
    return Stage.Owner.LIVE;
  }

  @Override
  public int keyBytes() {
    return RecordKey.BYTES;
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
    return new MonthBatch(store.batch());
  }

  @Override
  public void write(MonthBatch batch, MonthState change) {
    MonthState next = state.plus(change);
    store.write(batch.finish(STATE, next));
    batch.clear();
    state = next;
  }

  @Override
  public void records(byte[] keys, int count, Store.Values rows) {
    store.multiGet(MonthTables.RECORDS, keys, count, rows);
  }

  /** The record of an account and id. */
  public Optional<SealedRecord> record(AccountId account, UUID id) {
    byte[] key = RecordKey.of(account, id);
    return Optional.ofNullable(store.get(MonthTables.RECORDS, key))
        .map(row -> new SealedRecord(month, key, row));
  }

  /** The records that an id alone finds: skips from account to account through its bucket. */
  public List<SealedRecord> records(UUID id) {
    List<SealedRecord> found = new ArrayList<>(1);
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    int bucket = RecordKey.bucket(high >>> 16);
    byte[] from = RecordKey.lowerBound(bucket, 0, 0, 0);
    byte[] to = RecordKey.lowerBound(bucket + 1, 0, 0, 0);
    try (Scan scan = store.scan(MonthTables.RECORDS, from, to)) {
      while (scan.next()) {
        byte[] key = scan.key();
        int account = Bytes.getInt(key, RecordKey.ACCOUNT_OFFSET);
        byte[] wanted = RecordKey.lowerBound(bucket, account, high, low);
        int order = Arrays.compareUnsigned(key, wanted);
        if (order == 0) {
          found.add(new SealedRecord(month, key, scan.value()));
        }
        if (order < 0) {
          scan.seek(wanted);
        } else if (account == -1) {
          break;
        } else {
          scan.seek(RecordKey.lowerBound(bucket, account + 1, 0, 0));
        }
      }
    }
    return found;
  }

  /** Records of an account that started in a span of time, in order of their ids. */
  public RecordScan scan(AccountId account, long fromMicros, long toMicros) {
    return new RecordScan(month, store, account, fromMicros, toMicros);
  }

  /** Records that a pseudonym's index rows stand for; to be closed. */
  public SubjectScan subjects(byte[] pseudonym, MonthCipher cipher) {
    return new SubjectScan(month, store, pseudonym, cipher);
  }

  @Override
  public long unflushedBytes() {
    return store.unflushedBytes();
  }

  @Override
  public void flush() {
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
