package vellum.core.period;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.billing.PostingKey;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreStats;
import vellum.core.store.Table;

/**
 * A period's directory, open: live, with sealed rows under {@link vellum.core.record.RecordKey}s,
 * or archived, with stripped rows under {@code ArchiveKey}s. Reads from any thread; {@link #write}
 * by the applier only; {@link #flush} by one thread at a time, which may be another.
 */
public abstract sealed class Month implements AutoCloseable permits LiveMonth, ArchiveMonth {

  private static final byte[] STATE = MonthTables.stateKey();

  final MonthId month;
  final Store store;
  private final Table records;
  private final Table suspense;
  private volatile MonthState state;

  Month(MonthId month, Store store, Table records, Table suspense) {
    this.month = month;
    this.store = store;
    this.records = records;
    this.suspense = suspense;
    byte[] stored = store.get(MonthTables.META, STATE);
    this.state = stored == null ? MonthState.EMPTY : MonthState.decode(stored);
  }

  public final MonthId month() {
    return month;
  }

  public abstract Stage.Owner owner();

  /** Width of the keys of its records. */
  public final int keyBytes() {
    return records.keyBytes();
  }

  /** Position and counts of everything written. */
  public final MonthState state() {
    return state;
  }

  /** Journal sequence up to which a crash at this moment would leave the month applied. */
  public final long flushedPosition() {
    byte[] flushed = store.getFlushed(MonthTables.META, STATE);
    return flushed == null ? 0 : MonthState.decode(flushed).position();
  }

  public final MonthBatch batch() {
    return new MonthBatch(store.batch(), records, suspense);
  }

  /**
   * Writes the batch and clears it.
   *
   * @param change counts of what the batch does, and the position it brings the month to
   */
  public final void write(MonthBatch batch, MonthState change) {
    replace(batch, state.plus(change));
  }

  /** Writes the batch with a state in place of the one that was, and clears it. */
  final void replace(MonthBatch batch, MonthState next) {
    store.write(batch.finish(STATE, next));
    batch.clear();
    state = next;
  }

  /** Rows of many record keys at once; see {@link Store#multiGet}. */
  public final void records(byte[] keys, int count, Store.Values rows) {
    store.multiGet(records, keys, count, rows);
  }

  /**
   * Adjustments to one period, as of now; to be closed.
   *
   * @param party whose; null for those of all in the cube
   */
  public final PostingScan adjustmentsTo(Cube cube, YearMonth to, @Nullable String party) {
    byte[] from = PostingKey.lowerBound(Posting.Kind.ADJUSTMENT, cube, to, party);
    return new PostingScan(store.scan(MonthTables.POSTINGS, from, PostingKey.behind(from)), null);
  }

  /** Adjustments of one party to a period or a later one, as of now; to be closed. */
  public final PostingScan adjustmentsFrom(Party party, YearMonth to) {
    byte[] from = PostingKey.lowerBound(Posting.Kind.ADJUSTMENT, party.cube(), to, party.id());
    YearMonth last = YearMonth.of(9999, 12);
    byte[] end = PostingKey.lowerBound(Posting.Kind.ADJUSTMENT, party.cube(), last, null);
    return new PostingScan(store.scan(MonthTables.POSTINGS, from, end), party);
  }

  /** All postings in the order of their keys, as of now; to be closed. */
  public final PostingScan scanPostings() {
    return new PostingScan(
        store.scanAll(MonthTables.POSTINGS, new byte[] {0}, MonthTables.END), null);
  }

  /** Bytes in memory that a flush would write. */
  public final long unflushedBytes() {
    return store.unflushedBytes();
  }

  /** Makes everything written durable, with its position. */
  public final synchronized void flush() {
    store.flushAll();
  }

  public final StoreStats stats() {
    return store.stats();
  }

  @Override
  public final void close() {
    store.close();
  }
}
