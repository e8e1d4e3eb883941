package vellum.core.period;

import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreStats;

/**
 * A period's directory, open: live, with sealed rows under {@link vellum.core.record.RecordKey}s,
 * or archived, with stripped rows under {@code ArchiveKey}s. Reads from any thread; {@link #write}
 * by the applier only; {@link #flush} by one thread at a time, which may be another.
 */
public sealed interface Month extends AutoCloseable permits LiveMonth, ArchiveMonth {

  MonthId month();

  Stage.Owner owner();

  /** Width of the keys of its records. */
  int keyBytes();

  /** Position and counts of everything written. */
  MonthState state();

  /** Journal sequence up to which a crash at this moment would leave the month applied. */
  long flushedPosition();

  MonthBatch batch();

  /**
   * Writes the batch and clears it.
   *
   * @param change counts of what the batch does, and the position it brings the month to
   */
  void write(MonthBatch batch, MonthState change);

  /** Rows of many record keys at once; see {@link Store#multiGet}. */
  void records(byte[] keys, int count, Store.Values rows);

  /** Bytes in memory that a flush would write. */
  long unflushedBytes();

  /** Makes everything written durable, with its position. */
  void flush();

  StoreStats stats();

  @Override
  void close();
}
