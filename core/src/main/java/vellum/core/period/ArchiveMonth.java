package vellum.core.period;

import java.nio.charset.StandardCharsets;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreStats;
import vellum.core.strip.ArchiveKey;

/**
 * A month of an archive year: its records without identities, one directory, one store. Threads as
 * {@link Month} says.
 */
public final class ArchiveMonth implements Month {

  private static final byte[] STATE = "state".getBytes(StandardCharsets.US_ASCII);

  private final MonthId month;
  private final Store store;
  private volatile MonthState state;

  ArchiveMonth(MonthId month, Store store) {
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
    store.multiGet(MonthTables.ARCHIVE_RECORDS, keys, count, rows);
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
