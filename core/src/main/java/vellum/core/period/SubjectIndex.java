package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;

/**
 * The subject index of a live month: rows in its table, and in the heap, sorted, those that came
 * since the last flush. Random keys put one batch after the other into a table in memory cost more
 * than all the rest of a record; in order, all at once, they cost little.
 *
 * <p>The month's {@link MonthTables#META} says up to which position the table has all rows. It is
 * less than the month's own after a crash behind a flush that the engine made by itself: then the
 * rows between the two come again from the journal.
 *
 * <p>Thread-safe; changes of the table are made under the monitor that keeps others from writing to
 * the store.
 */
final class SubjectIndex {

  /** Key in {@link MonthTables#META} of the position, eight bytes. */
  private static final byte[] INDEXED = {'i', 'n', 'd', 'e', 'x', 'e', 'd'};

  private static final byte[] NOTHING = new byte[0];

  /** Rows that are written at a time. */
  private static final int BLOCK = 4096;

  /** Bytes of rows that may be written while nothing else can be. */
  private static final int FEW_BYTES = 1 << 20;

  /** Times that what comes while rows are written is written before nothing may come. */
  private static final int ROUNDS = 4;

  private final Store store;
  private final StoreBatch batch;
  private final StoreBatch dropping;
  private final Object monitor;
  private final boolean isKept;

  // Guarded by the monitor.

  private List<byte[]> rows = List.of();

  /** What is being written to the table, or what a failure left. */
  private List<byte[]> leaving = List.of();

  /** Sorted keys that went while {@link #leaving} was being written, and go again behind it. */
  private byte[] dropped = NOTHING;

  /** Position up to which all rows are in the heap or in the table. */
  private long reached;

  private long reachedByLeaving;

  /** Position up to which all rows are in the table. */
  private long stored;

  private boolean isNoted = true;

  /**
   * @param monitor of who writes to the store
   * @param position of the month
   * @param isKept whether the month has an index
   */
  SubjectIndex(Store store, Object monitor, long position, boolean isKept) {
    this.store = store;
    this.batch = store.batch();
    this.dropping = store.batch();
    this.monitor = monitor;
    this.isKept = isKept;
    byte[] noted = isKept ? store.get(MonthTables.META, INDEXED) : null;
    stored = noted == null ? position : Math.min(position, Bytes.getLong(noted, 0));
    reached = stored;
    reachedByLeaving = stored;
  }

  /** Position up to which a crash at this moment would leave the table complete. */
  long flushed(long position) {
    byte[] noted = isKept ? store.getFlushed(MonthTables.META, INDEXED) : null;
    return noted == null ? position : Math.min(position, Bytes.getLong(noted, 0));
  }

  /** Position up to which the index is complete; less than the month's only in a replay. */
  long reached() {
    synchronized (monitor) {
      return reached;
    }
  }

  /** Says in a batch of the month up to where the table is complete. */
  void note(StoreBatch to) {
    if (isKept) {
      to.put(MonthTables.META, INDEXED, Bytes.ofLong(stored));
    }
  }

  /**
   * Takes rows.
   *
   * @param sorted keys, one behind the other
   * @param position up to which the index is complete with them
   */
  void add(Output sorted, long position) {
    synchronized (monitor) {
      if (sorted.size() > 0) {
        rows = SubjectRuns.with(rows, Arrays.copyOf(sorted.bytes(), sorted.size()));
      }
      reached = Math.max(reached, position);
    }
  }

  /**
   * Takes rows away, of the heap and of the table.
   *
   * @param sorted keys, one behind the other
   */
  void drop(Output sorted) {
    if (sorted.size() == 0) {
      return;
    }
    synchronized (monitor) {
      byte[] keys = Arrays.copyOf(sorted.bytes(), sorted.size());
      delete(keys);
      rows = SubjectRuns.without(rows, keys);
      if (!leaving.isEmpty()) {
        dropped = SubjectRuns.merge(dropped, keys);
      }
    }
  }

  private void delete(byte[] keys) {
    dropping.clear();
    for (int from = 0; from < keys.length; from += SubjectKey.BYTES) {
      dropping.delete(
          MonthTables.SUBJECTS, Arrays.copyOfRange(keys, from, from + SubjectKey.BYTES));
    }
    store.write(dropping);
  }

  /** Bytes of the rows in the heap. */
  long bytes() {
    synchronized (monitor) {
      return bytes(rows) + bytes(leaving);
    }
  }

  private static long bytes(List<byte[]> runs) {
    long bytes = 0;
    for (byte[] run : runs) {
      bytes += run.length;
    }
    return bytes;
  }

  /** Writes most of the rows, so that {@link #write} has few to write. */
  void prepare() {
    for (int round = 0; round < ROUNDS && bytes() > FEW_BYTES; round++) {
      writeAll();
    }
  }

  /** Writes all rows, and the position; under the monitor. */
  void write() {
    synchronized (monitor) {
      while (bytes() > 0) {
        writeAll();
      }
      if (isKept && (stored != reached || !isNoted)) {
        stored = reached;
        batch.clear();
        note(batch);
        store.write(batch);
        isNoted = true;
      }
    }
  }

  private void writeAll() {
    synchronized (monitor) {
      if (leaving.isEmpty()) {
        leaving = rows;
        rows = List.of();
        reachedByLeaving = reached;
      }
    }
    SubjectRuns all = new SubjectRuns(leaving);
    boolean more = true;
    while (more) {
      batch.clear();
      while (batch.count() < BLOCK && (more = all.next())) {
        byte[] key = all.bytes();
        batch.put(MonthTables.SUBJECTS, key, all.offset(), SubjectKey.BYTES, NOTHING, 0, 0);
      }
      synchronized (monitor) {
        store.write(batch);
      }
    }
    synchronized (monitor) {
      if (dropped.length > 0) {
        delete(dropped);
        dropped = NOTHING;
      }
      leaving = List.of();
      stored = reachedByLeaving;
      isNoted = false;
    }
  }

  /** The keys of one pseudonym, as of now; to be closed. */
  SubjectKeys scan(byte[] pseudonym) {
    byte[] start = Arrays.copyOf(pseudonym, SubjectKey.PSEUDONYM_BYTES);
    byte[] from = Arrays.copyOf(start, SubjectKey.BYTES);
    // A byte longer than keys are: it lies behind all of them.
    byte[] to = Arrays.copyOf(start, SubjectKey.BYTES + 1);
    Arrays.fill(to, start.length, to.length, (byte) 0xFF);
    synchronized (monitor) {
      List<byte[]> fresh = new ArrayList<>(rows);
      fresh.addAll(SubjectRuns.without(leaving, dropped));
      return new SubjectKeys(
          store.scan(MonthTables.SUBJECTS, from, to), new SubjectRuns(fresh), from, dropped);
    }
  }
}
