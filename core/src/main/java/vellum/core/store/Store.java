package vellum.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several tables in one directory with one life: written by atomic batches, flushed all together or
 * not at all, closed as one. Without a log of its own, what was written since the last {@link
 * #flushAll} is lost at a crash, in every table alike: the journal has it.
 *
 * <p>Reads are safe from any thread; {@link #write} and {@link #flushAll} are called by one thread
 * at a time, which need not be the same. Every method throws {@link StoreException}; after {@link
 * #close} any use is refused with one, never a crash of the process.
 */
public interface Store extends AutoCloseable {

  /** An empty batch bound to this store; reusable after {@link StoreBatch#clear}. */
  StoreBatch batch();

  /** Applies the batch, whole or not at all. The batch is not cleared. */
  void write(StoreBatch batch);

  /** The value of a key, or null. */
  byte @Nullable [] get(Table table, byte[] key);

  /**
   * The value of a key as a crash at this moment would leave it: what was written and not yet
   * flushed is not seen.
   */
  byte @Nullable [] getFlushed(Table table, byte[] key);

  /**
   * Looks up {@code count} keys at once.
   *
   * @param keys the keys, one behind the other, each of the table's fixed width; faster when sorted
   * @param values receives them
   */
  void multiGet(Table table, byte[] keys, int count, Values values);

  /**
   * Looks up keys of any width at once.
   *
   * @param keys faster when sorted
   * @param values receives them
   */
  default void multiGet(Table table, List<byte[]> keys, Values values) {
    for (int i = 0; i < keys.size(); i++) {
      byte[] value = get(table, keys.get(i));
      if (value != null) {
        values.found(i, value, 0, value.length);
      }
    }
  }

  /**
   * Rows with {@code from <= key < to}, in key order, as of now; to be closed.
   *
   * @param to upper bound, exclusive; every scan has one
   */
  Scan scan(Table table, byte[] from, byte[] to);

  /**
   * As {@link #scan}, for reading a range whole, once: reads ahead, leaves the cache to others, and
   * checks every block.
   */
  Scan scanAll(Table table, byte[] from, byte[] to);

  /** Makes everything written so far durable, in all tables atomically. */
  default void flushAll() {
    beginFlush();
    awaitFlush();
  }

  /**
   * Seals what is in memory, in all tables at one moment: what was written before this call is
   * flushed together, what is written after it is not among it. Does not wait for the disk; to be
   * followed by {@link #awaitFlush}. Who writes meanwhile is before or behind it.
   */
  void beginFlush();

  /** Waits until all that {@link #beginFlush} sealed is durable. */
  void awaitFlush();

  /**
   * Takes what was overwritten or deleted under some keys out of the files: flushes, and writes
   * every file anew that holds one of them. What remains of the old ones after that is what a
   * reader still holds, for a {@link Scan} that was made before pins its files until it is closed,
   * and the keys at the files' ends, which stand in the engine's list of files until the store is
   * opened the next time. Takes as long as writing those files takes; rows may be read and written
   * meanwhile. By one thread at a time, with {@link #flushAll}.
   *
   * @param ranges of keys; may overlap
   * @return the files that were written anew: those that are gone when nobody reads them
   */
  Purged purge(Table table, List<KeyRange> ranges);

  /** Bytes in memory that {@link #flushAll} would write. */
  long unflushedBytes();

  /** Reads every block of every file and compares checksums; names the first bad file. */
  void verify();

  StoreStats stats();

  /**
   * Closes. Without a log of its own, what was not flushed is lost, in every table alike. A second
   * call does nothing.
   */
  @Override
  void close();

  /** Receives what {@link #multiGet} found. */
  interface Values {
    /**
     * Called once for each key that has a value, in the order of the keys.
     *
     * @param index of the key
     * @param value buffer that holds the value at {@code offset}; valid during the call only
     */
    void found(int index, byte[] value, int offset, int length);
  }
}
