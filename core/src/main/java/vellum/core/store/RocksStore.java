package vellum.core.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A store on RocksDB: one database, a column family for each table. Thread-safe as {@link Store}
 * says; every native call happens inside the {@link Gate}.
 *
 * <p>{@link Flush} is the only place where flushing is asked for.
 */
final class RocksStore implements Store {

  /** Keys of one native look-up: bounds what it holds at a time. */
  private static final int KEYS_AT_A_TIME = 1024;

  private static final long READ_AHEAD_BYTES = 2L << 20;

  private final StoreOptions options;
  private final Failures failures;
  private final Natives natives;
  private final RocksDB database;
  private final List<ColumnFamilyHandle> handles;
  private final Columns columns;
  private final WriteOptions writing;
  private final ReadOptions reading;
  private final ReadOptions readingFlushed;
  private final Flush flush;
  private final Gate gate;
  private final boolean synced;
  private final Set<RocksScan> scans = ConcurrentHashMap.newKeySet();

  /** The engine counts what fails in its own threads, and not a log that takes no write. */
  private final AtomicLong failedWrites = new AtomicLong();

  /**
   * @param natives owns what was opened so far, the database and its handles among it
   * @param handles of the default column and then of the tables, in their order
   */
  RocksStore(
      Opening opening,
      Failures failures,
      Natives natives,
      RocksDB database,
      List<ColumnFamilyHandle> handles) {
    this.options = opening.options();
    this.failures = failures;
    this.natives = natives;
    this.database = database;
    this.handles = handles;
    this.columns = new Columns(opening.tables(), handles.subList(1, handles.size()));
    boolean synced = opening.durability() == Stores.Durability.SYNCED;
    this.writing = natives.own(new WriteOptions()).setDisableWAL(!synced).setSync(synced);
    this.reading = natives.own(readOptions());
    this.readingFlushed = natives.own(readOptions()).setReadTier(ReadTier.PERSISTED_TIER);
    this.flush = new Flush(database, handles, natives, failures);
    this.synced = synced;
    this.gate = new Gate(opening.directory());
  }

  @Override
  public StoreBatch batch() {
    return new SerializedBatch(columns);
  }

  @Override
  public void write(StoreBatch batch) {
    if (!(batch instanceof SerializedBatch own) || !own.belongsTo(columns)) {
      throw new IllegalArgumentException("a batch is written to the store that made it");
    }
    long stamp = gate.enter();
    try (WriteBatch serialized = new WriteBatch(own.serialize())) {
      database.write(writing, serialized);
      flush.wrote(own.bytes());
    } catch (RocksDBException e) {
      failedWrites.incrementAndGet();
      throw failures.of(e, "writing");
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return get(table, key, reading);
  }

  @Override
  public byte @Nullable [] getFlushed(Table table, byte[] key) {
    return get(table, key, readingFlushed);
  }

  private byte @Nullable [] get(Table table, byte[] key, ReadOptions how) {
    Column column = columns.of(table);
    column.checkKey(key.length);
    long stamp = gate.enter();
    try {
      return database.get(column.handle(), how, key);
    } catch (RocksDBException e) {
      throw failures.of(e, "reading");
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public void multiGet(Table table, byte[] keys, int count, Values values) {
    Column column = columns.of(table);
    int width = table.keyBytes();
    if (width == 0) {
      throw new IllegalArgumentException("keys of table vary in width: " + table.name());
    }
    if (count < 0 || (long) count * width > keys.length) {
      throw new IllegalArgumentException(
          count + " keys of " + width + " bytes exceed the array of " + keys.length);
    }
    multiGet(column, new KeyList(keys, width, 0, count), values);
  }

  @Override
  public void multiGet(Table table, List<byte[]> keys, Values values) {
    multiGet(columns.of(table), keys, values);
  }

  private void multiGet(Column column, List<byte[]> keys, Values values) {
    for (int first = 0; first < keys.size(); first += KEYS_AT_A_TIME) {
      int some = Math.min(KEYS_AT_A_TIME, keys.size() - first);
      List<byte @Nullable []> found = multiGet(column, keys.subList(first, first + some));
      for (int i = 0; i < some; i++) {
        byte[] value = found.get(i);
        if (value != null) {
          values.found(first + i, value, 0, value.length);
        }
      }
    }
  }

  /**
   * The list call, for its cost: of the engine's ways to look many keys up it measured fastest when
   * most are absent, 2 times as fast as the one on direct buffers, which asks each buffer for its
   * address, its position and its limit.
   */
  private List<byte @Nullable []> multiGet(Column column, List<byte[]> keys) {
    long stamp = gate.enter();
    try {
      return database.multiGetAsList(
          reading, Collections.nCopies(keys.size(), column.handle()), keys);
    } catch (RocksDBException e) {
      throw failures.of(e, "reading");
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public Scan scan(Table table, byte[] from, byte[] to) {
    return scan(table, from, to, false);
  }

  @Override
  public Scan scanAll(Table table, byte[] from, byte[] to) {
    return scan(table, from, to, true);
  }

  private Scan scan(Table table, byte[] from, byte[] to, boolean whole) {
    Column column = columns.of(table);
    if (to.length == 0) {
      throw new IllegalArgumentException("a scan has an upper bound");
    }
    byte[] start = from.clone();
    long stamp = gate.enter();
    Natives own = new Natives();
    try {
      ReadOptions how = own.own(readOptions()).setIterateUpperBound(own.own(new Slice(to)));
      if (whole) {
        how.setVerifyChecksums(true).setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES);
      }
      if (table.shape() == Table.Shape.HASHED) {
        boolean onePrefix = Prefix.spans(start, to);
        how.setPrefixSameAsStart(onePrefix).setTotalOrderSeek(!onePrefix);
      }
      RocksIterator iterator = own.own(database.newIterator(column.handle(), how));
      RocksScan scan = new RocksScan(gate, failures, scans, own, iterator, start);
      scans.add(scan);
      return scan;
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public void beginFlush() {
    long stamp = gate.enter();
    try {
      flush.begin();
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public void awaitFlush() {
    flush.await(gate);
  }

  @Override
  public Purged purge(Table table, List<KeyRange> ranges) {
    flushAll();
    return new Purge(gate, database, failures, columns.of(table).handle()).run(ranges);
  }

  @Override
  public long unflushedBytes() {
    return flush.unflushedBytes();
  }

  @Override
  public void verify() {
    new FileCheck(gate, database, failures.directory()).run();
  }

  @Override
  public StoreStats stats() {
    long stamp = gate.enter();
    try {
      return new StoreStats(
          database.getAggregatedLongProperty("rocksdb.live-sst-files-size"),
          database.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables"),
          database.getAggregatedLongProperty("rocksdb.estimate-num-keys"),
          database.getAggregatedLongProperty("rocksdb.estimate-pending-compaction-bytes"),
          database.getLongProperty("rocksdb.background-errors") + failedWrites.get(),
          database.getLongProperty("rocksdb.is-write-stopped") != 0);
    } catch (RocksDBException e) {
      throw failures.of(e, "reading statistics");
    } finally {
      gate.leave(stamp);
    }
  }

  /** A log is flushed, so that the next opening need not read it; also closes when that fails. */
  @Override
  public void close() {
    gate.close(
        () -> {
          try (AutoClosing ignored = this::free) {
            if (synced) {
              flush.run();
            }
          }
        });
  }

  /** Frees in reverse of opening, so that a failing close of the database is seen. */
  private void free() {
    List.copyOf(scans).forEach(RocksScan::free);
    scans.clear();
    new ArrayList<>(handles).forEach(ColumnFamilyHandle::close);
    try {
      database.closeE();
    } catch (RocksDBException e) {
      throw failures.of(e, "closing");
    } finally {
      natives.close();
    }
  }

  private ReadOptions readOptions() {
    return new ReadOptions().setVerifyChecksums(options.verifyChecksums());
  }

  /** A closing that throws no checked exception. */
  private interface AutoClosing extends AutoCloseable {
    @Override
    void close();
  }
}
