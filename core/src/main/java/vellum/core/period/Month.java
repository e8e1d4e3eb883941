package vellum.core.period;

import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreStats;
import vellum.core.store.Table;

/**
 * A period's directory, open: live, with sealed rows under {@link vellum.core.record.RecordKey}s,
 * or archived, with stripped rows under {@code ArchiveKey}s. Reads from any thread; {@link #write}
 * by the applier only; {@link #flush} by one thread at a time, which may be another.
 *
 * <p>Of traffic it has cells: what its rows come to in the cubes of billing. They move with the
 * rows, and only {@link #flush} writes them with their position, at the moment at which it seals
 * the rows; too many of them go to the tables' memory before, without one. So what a crash leaves
 * are rows and cells of one position, or cells that are known not to be.
 */
public abstract sealed class Month implements AutoCloseable permits LiveMonth, ArchiveMonth {

  private static final byte[] STATE = MonthTables.stateKey();

  /** Cells in the heap beyond which the applier itself writes them: those of half a million. */
  private static final long MOST_CELL_BYTES = 64 << 20;

  final MonthId month;
  final Store store;
  private final Table records;
  private final Table suspenseTable;
  private final MonthSuspense suspense;
  private final MonthPostings postings;
  private final boolean hasCells;
  private final MonthCells cells;
  final SubjectIndex index;
  private final @Nullable RecentKeys recent;
  private volatile MonthState state;
  private volatile boolean hasErasures;

  Month(MonthId month, Store store, Table records, Table suspense) {
    this.month = month;
    this.store = store;
    this.records = records;
    this.suspenseTable = suspense;
    this.suspense = new MonthSuspense(month, store, suspense, records.keyBytes());
    this.postings = new MonthPostings(store);
    byte[] stored = store.get(MonthTables.META, STATE);
    this.state = stored == null ? MonthState.EMPTY : MonthState.decode(stored);
    this.hasErasures = store.get(MonthTables.META, MonthTables.ERASURES) != null;
    this.hasCells = month.kind() == MonthId.Kind.TRAFFIC;
    this.cells = new MonthCells(store);
    boolean isLive = records.equals(MonthTables.RECORDS);
    this.index = new SubjectIndex(store, cells, state.position(), isLive);
    this.recent = isLive ? new RecentKeys(store, RecentKeys.MOST_KEYS) : null;
    if (hasCells && cells.position() != state.position()) {
      try {
        CellRefill.refill(this, cells);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    }
  }

  /** Second of started_at of the record under a key of this month, since the epoch. */
  public abstract long second(byte[] key, int offset);

  /** The record under a key of this month. */
  public final Optional<FoundRecord> record(byte[] key) {
    return Optional.ofNullable(store.get(records, key)).map(row -> found(key, row));
  }

  /** All rows from a record's key on, in order of their keys, as of now; to be closed. */
  public final Scan scanRecords(byte[] from) {
    return store.scan(records, from, MonthTables.END);
  }

  /** The same for reading all of them once: leaves the cache to others; to be closed. */
  public final Scan readRecords(byte[] from) {
    return store.scanAll(records, from, MonthTables.END);
  }

  public final MonthId month() {
    return month;
  }

  public abstract Stage.Owner owner();

  abstract FoundRecord found(byte[] key, byte[] row);

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
    return flushed == null ? 0 : index.flushed(MonthState.decode(flushed).position());
  }

  /**
   * Journal sequence up to which the subject index is complete: that of {@link #state} but for the
   * replay behind a crash, which brings what is missing.
   */
  public final long indexedPosition() {
    return index.reached();
  }

  /**
   * Takes what the index lacks from a batch that has nothing else, and clears it.
   *
   * @param position up to which the index is complete with it
   */
  public final void index(MonthBatch batch, long position) {
    synchronized (cells) {
      index.drop(batch.droppedSubjects());
      index.add(batch.subjects(), Math.min(position, state.position()));
    }
    batch.clear();
  }

  public final MonthBatch batch() {
    return new MonthBatch(store.batch(), records, suspenseTable);
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
    synchronized (cells) {
      boolean stands = hasCells && next.position() == state.position();
      if (stands) {
        batch.forgetCellPosition();
      }
      long suspended = suspense.suspended() + batch.suspended();
      // Before what says that they are gone: a crash in between only makes them go again.
      index.drop(batch.droppedSubjects());
      store.write(batch.finish(STATE, next, suspended, index));
      if (stands) {
        cells.forgotPosition();
      }
      suspense.counted(suspended);
      boolean isAhead = next.position() > state.position();
      index.add(batch.subjects(), isAhead ? next.position() : 0);
      cells.add(batch.cells());
      hasErasures = hasErasures || batch.hasErasures();
      state = next;
    }
    batch.clear();
    if (cells.bytes() >= MOST_CELL_BYTES) {
      spillCells();
    }
  }

  /** Whether parts of a record of this month were ever erased. */
  public final boolean hasErasures() {
    return hasErasures;
  }

  /** Whether its rows have cells: those of traffic have. */
  public final boolean hasCells() {
    return hasCells;
  }

  /**
   * Hands out the cells of a range, all of one moment; a cell may come in several parts, which are
   * to be added up. From any thread. None of what is not traffic.
   */
  public final void cells(CellRange range, CellSink sink) {
    if (hasCells) {
      cells.read(range, sink);
    }
  }

  /**
   * The cube in which this month differs from another, if there is one; compares cell by cell. Both
   * are flushed, and nobody writes to them.
   */
  public final Optional<Cube> differsFrom(Month other) {
    return cells.differsFrom(other.cells);
  }

  /** The cells that the rows come to as they are now: reads all of them, and holds all cells. */
  public final CellMap recomputedCells() {
    CellMap recomputed = new CellMap();
    if (hasCells) {
      CellRefill.read(this, row -> row.addTo(recomputed));
    }
    return recomputed;
  }

  /** Rows of many keys; see {@link Store#multiGet}. Who puts a live month's row asks before. */
  public final void records(byte[] keys, int count, Store.Values rows) {
    if (recent == null) {
      store.multiGet(records, keys, count, rows);
    } else {
      recent.lookUp(keys, count, rows);
    }
  }

  /** What could not be processed. */
  public final MonthSuspense suspense() {
    return suspense;
  }

  /** How many messages are in suspense. */
  public final long suspended() {
    return suspense.suspended();
  }

  /** What messages changed of money, and of closed periods. */
  public final MonthPostings postings() {
    return postings;
  }

  /**
   * Hands out cells as {@link #cells} does, and the adjustments of their party to a period or a
   * later one, of the same moment; to be closed.
   */
  public final PostingScan cellsAndAdjustments(CellRange range, YearMonth to, CellSink sink) {
    Party party = new Party(range.cube(), Objects.requireNonNull(range.party()));
    if (!hasCells) {
      return postings.adjustmentsFrom(party, to);
    }
    PostingScan[] adjustments = new PostingScan[1];
    cells.read(range, sink, () -> adjustments[0] = postings.adjustmentsFrom(party, to));
    return adjustments[0];
  }

  /** Bytes in memory that a flush would write. */
  public final long unflushedBytes() {
    return store.unflushedBytes() + cells.bytes() + index.bytes();
  }

  /** About what cells that a flush would write take in the heap. */
  public final long cellBytes() {
    return cells.bytes();
  }

  /** Makes everything written durable, with its position. */
  public final void flush() {
    seal();
    store.awaitFlush();
  }

  /** Not while the disk is waited for: whoever has too many cells in the heap would wait, too. */
  private synchronized void seal() {
    index.prepare();
    if (hasCells) {
      cells.prepare();
    }
    synchronized (cells) {
      index.write();
      if (hasCells) {
        cells.write(state.position());
      }
      store.beginFlush();
    }
  }

  /** Brings cells from the heap into the tables' memory; the next flush brings it to the disk. */
  private synchronized void spillCells() {
    cells.prepare();
  }

  public final StoreStats stats() {
    return store.stats();
  }

  /** Flushes, and closes also when that failed: what was not flushed is still in the journal. */
  @Override
  public final void close() {
    try (store) {
      if (unflushedBytes() > 0) {
        flush();
      }
    }
  }
}
