package vellum.core.store;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vellum.core.disk.Disk;

/**
 * Opens stores, and owns what they share: the block cache and the background threads, which are the
 * process's own; compaction runs at lower CPU priority. One per process. Thread-safe; closed after
 * the last store.
 */
public final class Stores implements AutoCloseable {

  private static final long MIN_CACHE_BYTES = 1L << 20;
  private static final int MAX_THREADS = 64;
  private static final String DEFAULT_COLUMN = "default";

  private final Disk disk;
  private final Tuning tuning;

  /**
   * @param cacheBytes of blocks, indexes and filters of all stores together, at least 1 MiB
   * @param backgroundThreads for compactions; half as many flush; 1 to 64
   */
  public Stores(Disk disk, long cacheBytes, int backgroundThreads) {
    if (cacheBytes < MIN_CACHE_BYTES) {
      throw new IllegalArgumentException(
          "cacheBytes must be at least " + MIN_CACHE_BYTES + ": " + cacheBytes);
    }
    if (backgroundThreads < 1 || backgroundThreads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "backgroundThreads must be 1 to " + MAX_THREADS + ": " + backgroundThreads);
    }
    NativeLibrary.load();
    this.disk = disk;
    this.tuning = new Tuning(cacheBytes, backgroundThreads);
  }

  /**
   * Opens a store without a log of its own: what was not flushed is lost at a crash, in all tables
   * alike. An absent or empty directory becomes a new one (owner-only). Tables that the directory
   * lacks are added.
   *
   * @throws StoreException.WrongFormat when the directory is no store, is newer, or holds other
   *     tables
   */
  public Store open(Path directory, List<Table> tables, StoreOptions options) {
    return open(directory, tables, options, Durability.FLUSHED);
  }

  /**
   * Opens a store whose every {@link Store#write} is durable when it returns (a log of its own,
   * forced). {@link Store#getFlushed} sees such writes.
   */
  public Store openSynced(Path directory, List<Table> tables, StoreOptions options) {
    return open(directory, tables, options, Durability.SYNCED);
  }

  /**
   * Starts a bulk load, or goes on with one that was interrupted: what sorted files it had finished
   * are kept. An absent or empty directory becomes one.
   *
   * @param directory of the store to be; nobody may open it before {@link StoreLoad#finish}
   * @throws StoreException.WrongFormat when it is something else
   */
  public StoreLoad load(Path directory, List<Table> tables, StoreOptions options) {
    return load(directory, tables, options, StoreLoad.FILE_BYTES);
  }

  /**
   * The same with other files.
   *
   * @param fileBytes of keys and values in a sorted file, before they are compressed
   */
  StoreLoad load(Path directory, List<Table> tables, StoreOptions options, long fileBytes) {
    check(tables);
    Opening opening = new Opening(directory, tables, options, Durability.FLUSHED, tuning);
    return StoreLoad.open(opening, disk, fileBytes);
  }

  /** Bytes in the cache that the stores share. */
  public long cachedBytes() {
    return tuning.cachedBytes();
  }

  /** Frees the cache; stores still open keep their part of it. */
  @Override
  public void close() {
    tuning.close();
  }

  private Store open(
      Path directory, List<Table> tables, StoreOptions options, Durability durability) {
    check(tables);
    Format.prepare(directory, disk);
    return new Opening(directory, tables, options, durability, tuning).run();
  }

  private static void check(List<Table> tables) {
    Set<String> names = new HashSet<>();
    for (Table table : tables) {
      if (table.name().equals(DEFAULT_COLUMN) || !names.add(table.name())) {
        throw new IllegalArgumentException("table named twice or reserved: " + table.name());
      }
      if (table.shape() == Table.Shape.HASHED
          && table.keyBytes() != 0
          && table.keyBytes() < Column.PREFIX_BYTES) {
        throw new IllegalArgumentException(
            "keys of a hashed table have at least "
                + Column.PREFIX_BYTES
                + " bytes: "
                + table.name());
      }
    }
  }

  /** When a write is durable. */
  enum Durability {
    /** After the next flush. */
    FLUSHED,
    /** When it returns. */
    SYNCED
  }
}
