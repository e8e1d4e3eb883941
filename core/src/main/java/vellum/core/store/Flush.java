package vellum.core.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The flushing of one database, always of all its columns: flushing one alone would move it ahead
 * of the others for good, and a crash would then lose rows that the position calls applied.
 *
 * <p>The engine's flush without waiting switches the buffers of all columns while no write is under
 * way (atomic flush), and returns. That they are on the disk is seen by there being no immutable
 * buffer left. Thread-safe; native calls are to be made inside the {@link Gate}.
 */
final class Flush {

  private static final long POLL_NANOS = 300_000;
  private static final String SEALED = "rocksdb.num-immutable-mem-table";
  private static final String ERRORS = "rocksdb.background-errors";

  private final RocksDB database;
  private final List<ColumnFamilyHandle> handles;
  private final Failures failures;
  private final FlushOptions sealing;
  private final FlushOptions waiting;
  private final WriteOptions probing;
  private final AtomicLong unflushedBytes = new AtomicLong();

  /** Errors of background threads when the last flush had succeeded. */
  private volatile long errorsKnown;

  Flush(RocksDB database, List<ColumnFamilyHandle> handles, Natives natives, Failures failures) {
    this.database = database;
    this.handles = handles;
    this.failures = failures;
    // A flush does not wait for compaction to catch up: the floor must move.
    this.sealing = natives.own(new FlushOptions()).setWaitForFlush(false).setAllowWriteStall(true);
    this.waiting = natives.own(new FlushOptions()).setWaitForFlush(true).setAllowWriteStall(true);
    this.probing = natives.own(new WriteOptions()).setDisableWAL(true);
  }

  /** So much was written to memory. */
  void wrote(long bytes) {
    unflushedBytes.addAndGet(bytes);
  }

  /** What is in memory that is not sealed. */
  long unflushedBytes() {
    return unflushedBytes.get();
  }

  /** Seals all buffers. */
  void begin() {
    flush(sealing);
  }

  /** Seals, and waits; inside the gate all the time. */
  void run() {
    flush(waiting);
  }

  private void flush(FlushOptions how) {
    long bytes = unflushedBytes.get();
    try {
      database.flush(how, handles);
    } catch (RocksDBException e) {
      throw failures.of(e, "flushing");
    }
    unflushedBytes.addAndGet(-bytes);
  }

  /** Waits until no buffer is sealed and not flushed. Goes through the gate for each look. */
  void await(Gate gate) {
    boolean interrupted = false;
    try {
      while (!isDone(gate)) {
        LockSupport.parkNanos(this, POLL_NANOS);
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isDone(Gate gate) {
    long stamp = gate.enter();
    try {
      long errors = database.getLongProperty(ERRORS);
      if (database.getAggregatedLongProperty(SEALED) == 0) {
        errorsKnown = errors;
        return true;
      }
      if (errors != errorsKnown) {
        throw failed();
      }
      return false;
    } catch (RocksDBException e) {
      throw failures.of(e, "flushing");
    } finally {
      gate.leave(stamp);
    }
  }

  /** What a background thread failed at: the engine tells it to who writes, if only nothing. */
  private StoreException failed() {
    try (WriteBatch nothing = new WriteBatch()) {
      database.write(probing, nothing);
    } catch (RocksDBException e) {
      return failures.of(e, "flushing");
    }
    return new StoreException.Unavailable(
        "flushing failed, and is being tried again: " + failures.directory(),
        new IOException("a background thread of the store failed"));
  }
}
