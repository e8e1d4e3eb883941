package vellum.core.store;

import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionOptionsUniversal;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.Filter;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Priority;

/**
 * The engine's settings for shapes of tables, and what all stores of a process share: one cache of
 * blocks, one filter policy, one pool of threads that flush and one, at lower CPU priority, that
 * compacts. Thread-safe until closed; stores that are open keep what they need.
 *
 * <p>Index and filters live in the shared cache, in parts, so that sixty months cost what is read
 * of them and not what they hold. Listeners, merge operators and statistics are left out: the first
 * have crashed the process, the second is not idempotent under replay, the third costs a tenth.
 */
final class Tuning {

  private static final int FILTER_BITS_PER_KEY = 10;
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final double SHARE_OF_INDEX_IN_CACHE = 0.5;
  private static final double MEMTABLE_FILTER_BYTES = 4 * MIB;
  private static final double MAX_MEMTABLE_FILTER_RATIO = 0.25;
  private static final int TABLE_FORMAT = 6;

  /** Bytes to train on for each byte of a dictionary; zstd's own advice is 100. */
  private static final int TRAINING_FACTOR = 100;

  /** A checksum of each whole file, in the manifest. There is no setter for it. */
  private static final Properties FILE_CHECKSUMS = new Properties();

  static {
    FILE_CHECKSUMS.setProperty("file_checksum_gen_factory", "FileChecksumGenCrc32cFactory");
  }

  private final Natives natives = new Natives();
  private final Cache cache;
  private final Filter filter;
  private final Env env;
  private boolean closed;

  Tuning(long cacheBytes, int backgroundThreads) {
    this.cache = natives.own(new LRUCache(cacheBytes, -1, false, SHARE_OF_INDEX_IN_CACHE));
    this.filter = natives.own(new BloomFilter(FILTER_BITS_PER_KEY));
    this.env = Env.getDefault();
    env.setBackgroundThreads(backgroundThreads, Priority.LOW);
    env.setBackgroundThreads(Math.max(1, backgroundThreads / 2), Priority.HIGH);
    // Appending and acking must not wait for compaction: p99 of an ack 33 -> 17 ms when measured.
    // The applier waits for flushes, though: at lower priority and with both cores busy, one of
    // 400,000 rows took 22 s and not 0.4 s.
    env.lowerThreadPoolCPUPriority(Priority.LOW);
  }

  /** Bytes in the cache of blocks, indexes and filters; 0 once closed. */
  synchronized long cachedBytes() {
    return closed ? 0 : cache.getUsage();
  }

  synchronized void close() {
    closed = true;
    natives.close();
  }

  /** Settings for writing a table's sorted files, to be taken in by a store with these options. */
  Options files(Table.Shape shape, StoreOptions options, Natives owner) {
    return owner.own(new Options(database(options, owner), column(shape, options, owner)));
  }

  DBOptions database(StoreOptions options, Natives owner) {
    return owner
        .own(DBOptions.getDBOptionsFromProps(FILE_CHECKSUMS))
        .setEnv(env)
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setAtomicFlush(true)
        .setEnablePipelinedWrite(false)
        // There is one writer, and its sorted keys then find their place from the last one.
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        // Who closes says what is to be flushed before: rows and totals of one position.
        .setAvoidFlushDuringShutdown(true)
        .setMaxBackgroundJobs(options.backgroundJobs())
        .setMaxOpenFiles(options.maxOpenFiles())
        .setSkipStatsUpdateOnDbOpen(true)
        .setBytesPerSync(MIB)
        // Old manifests hold keys of rows long gone.
        .setMaxManifestFileSize(MIB)
        .setManifestPreallocationSize(64 * KIB)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MIB)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  ColumnFamilyOptions column(Table.Shape shape, StoreOptions options, Natives owner) {
    ColumnFamilyOptions column =
        owner
            .own(packed(shape, options))
            .setWriteBufferSize(options.bufferBytes(shape))
            .setMaxWriteBufferNumber(4)
            .setCompressionType(type(options.upperCompression()))
            .setBottommostCompressionType(type(options.bottomCompression()))
            // One record in a hundred is late, so that each flush lies over the whole month: every
            // merge rewrites what it meets, and few large ones rewrite less than many small ones.
            .setLevel0FileNumCompactionTrigger(16)
            .setLevel0SlowdownWritesTrigger(40)
            .setLevel0StopWritesTrigger(80)
            .setTargetFileSizeBase(64 * MIB)
            .setMaxBytesForLevelBase(2048 * MIB)
            // A quiet month stays quiet.
            .setTtl(0)
            .setPeriodicCompactionSeconds(0)
            .setTableFormatConfig(tables(shape, options.blocks()));
    switch (shape) {
      case TIME_ORDERED -> timeOrdered(column, options);
      case HASHED -> hashed(column, owner);
      case COUNTED, SMALL -> {}
    }
    return column;
  }

  /** Leveled: files of disjoint times move down without being rewritten. */
  private static void timeOrdered(ColumnFamilyOptions column, StoreOptions options) {
    if (options.hot()) {
      // Most looked-up keys are absent: the filter answers instead of a search in the skip list.
      column
          .setMemtableWholeKeyFiltering(true)
          .setMemtablePrefixBloomSizeRatio(
              Math.min(
                  MAX_MEMTABLE_FILTER_RATIO,
                  MEMTABLE_FILTER_BYTES / options.timeOrderedBufferBytes()));
    }
  }

  /**
   * Universal: keys spread evenly, so every leveled compaction would rewrite a whole level. In
   * memory a skip list, in the current month too: a hash skip list takes rows three times as fast,
   * but must sort them all when it is flushed, which in sum costs twice the CPU.
   */
  private static void hashed(ColumnFamilyOptions column, Natives owner) {
    column
        .useFixedLengthPrefixExtractor(Column.PREFIX_BYTES)
        .setCompactionStyle(CompactionStyle.UNIVERSAL)
        .setCompactionOptionsUniversal(
            owner.own(new CompactionOptionsUniversal()).setMaxSizeAmplificationPercent(100));
  }

  /**
   * Options with those of zstd, not all of which have setters. They are for zstd alone: a level
   * makes LZ4 its slow form, at twice the CPU. Blocks are held back in memory until there are
   * enough to train the dictionary, and without a bound for the whole file.
   */
  private static ColumnFamilyOptions packed(Table.Shape shape, StoreOptions options) {
    if (shape != Table.Shape.TIME_ORDERED) {
      return new ColumnFamilyOptions();
    }
    StoreOptions.Blocks blocks = options.blocks();
    String zstd =
        "{enabled=true;level=%d;max_dict_bytes=%d;zstd_max_train_bytes=%d;max_dict_buffer_bytes=%d}"
            .formatted(
                blocks.zstdLevel(),
                blocks.dictionaryBytes(),
                blocks.dictionaryBytes() * TRAINING_FACTOR,
                blocks.dictionaryBytes() * TRAINING_FACTOR);
    Properties properties = new Properties();
    if (options.upperCompression() == StoreOptions.Compression.ZSTD) {
      properties.setProperty("compression_opts", zstd);
    }
    if (options.bottomCompression() == StoreOptions.Compression.ZSTD) {
      properties.setProperty("bottommost_compression_opts", zstd);
    }
    return properties.isEmpty()
        ? new ColumnFamilyOptions()
        : ColumnFamilyOptions.getColumnFamilyOptionsFromProps(properties);
  }

  private BlockBasedTableConfig tables(Table.Shape shape, StoreOptions.Blocks blocks) {
    BlockBasedTableConfig tables =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFormatVersion(TABLE_FORMAT)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true);
    if (shape == Table.Shape.SMALL) {
      return tables.setBlockSize(4 * KIB);
    }
    if (shape == Table.Shape.TIME_ORDERED) {
      tables.setBlockSize(blocks.bytes());
      if (!blocks.filters()) {
        return tables;
      }
    } else {
      tables.setBlockSize(16 * KIB);
    }
    return tables
        .setFilterPolicy(filter)
        // Hashed tables are asked for prefixes, never for whole keys.
        .setWholeKeyFiltering(shape != Table.Shape.HASHED)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setPartitionFilters(true)
        .setMetadataBlockSize(4 * KIB)
        .setPinTopLevelIndexAndFilter(true);
  }

  private static CompressionType type(StoreOptions.Compression compression) {
    return switch (compression) {
      case NONE -> CompressionType.NO_COMPRESSION;
      case LZ4 -> CompressionType.LZ4_COMPRESSION;
      case ZSTD -> CompressionType.ZSTD_COMPRESSION;
    };
  }
}
