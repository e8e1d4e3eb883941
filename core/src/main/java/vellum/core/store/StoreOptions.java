package vellum.core.store;

/**
 * How one store uses memory and disk. Defaults are the four factories; a changed one is made with
 * the {@code with} methods.
 *
 * <p>The buffers are oversized on purpose: {@link Store#flushAll} is what flushes, and a buffer
 * that fills first makes the engine flush on its own. That flush is atomic over all tables too, so
 * it is never wrong, only early. Memory is taken as rows arrive, not at the start.
 *
 * @param hot whether most writes go here (the current month): time-ordered tables get a bloom
 *     filter over what is in memory, 4 MiB each
 * @param timeOrderedBufferBytes write buffer of each {@link Table.Shape#TIME_ORDERED} table, 64 KiB
 *     to 8 GiB
 * @param hashedBufferBytes write buffer of each {@link Table.Shape#HASHED} table, likewise
 * @param smallBufferBytes write buffer of each {@link Table.Shape#SMALL} table, likewise
 * @param upperCompression of files that will be rewritten soon
 * @param bottomCompression of the last level, which holds most of the bytes
 * @param maxOpenFiles descriptors for table files, 16 to 65,536
 * @param backgroundJobs flushes and compactions at a time, 1 to 64
 * @param verifyChecksums whether each block read from disk is checked
 * @param blocks how {@link Table.Shape#TIME_ORDERED} tables are cut and packed
 */
public record StoreOptions(
    boolean hot,
    long timeOrderedBufferBytes,
    long hashedBufferBytes,
    long smallBufferBytes,
    Compression upperCompression,
    Compression bottomCompression,
    int maxOpenFiles,
    int backgroundJobs,
    boolean verifyChecksums,
    Blocks blocks) {

  /**
   * How a file is cut into blocks and packed.
   *
   * @param bytes of a block before it is compressed, 4 KiB to 1 MiB: larger packs better and costs
   *     more to read one row
   * @param dictionaryBytes of a dictionary that zstd trains for each file, 0 to 1 MiB; 0 for none
   * @param zstdLevel 1 to 19
   * @param filters whether files can say at once that a key is absent, at 10 bits a row
   */
  public record Blocks(int bytes, int dictionaryBytes, int zstdLevel, boolean filters) {

    /** For rows that are looked up and changed. */
    static final Blocks LIVE = new Blocks(16 << 10, 0, 3, true);

    /** For rows that are written once and read seldom; late messages mostly find their row. */
    static final Blocks ARCHIVE = new Blocks(32 << 10, 64 << 10, 3, false);

    public Blocks {
      check("blocks.bytes", bytes, 4 << 10, 1 << 20);
      check("blocks.dictionaryBytes", dictionaryBytes, 0, 1 << 20);
      check("blocks.zstdLevel", zstdLevel, 1, 19);
    }
  }

  /** How blocks are compressed. */
  public enum Compression {
    NONE,
    /** Fast; about half of the gain. */
    LZ4,
    /** Slower to write, smaller. */
    ZSTD
  }

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  public StoreOptions {
    checkBuffer("timeOrderedBufferBytes", timeOrderedBufferBytes);
    checkBuffer("hashedBufferBytes", hashedBufferBytes);
    checkBuffer("smallBufferBytes", smallBufferBytes);
    check("maxOpenFiles", maxOpenFiles, 16, 65_536);
    check("backgroundJobs", backgroundJobs, 1, 64);
  }

  /** The current month, into which almost every record goes. */
  public static StoreOptions currentMonth() {
    return new StoreOptions(
        true, GIB, GIB, 64 * MIB, Compression.LZ4, Compression.ZSTD, 512, 2, true, Blocks.LIVE);
  }

  /** Any other month: late records and look-ups. */
  public static StoreOptions otherMonth() {
    return new StoreOptions(
        false,
        256 * MIB,
        256 * MIB,
        64 * MIB,
        Compression.LZ4,
        Compression.ZSTD,
        128,
        2,
        true,
        Blocks.LIVE);
  }

  /** A month of an archive year: packed once, read seldom, few late messages. */
  public static StoreOptions archive() {
    return new StoreOptions(
        false,
        64 * MIB,
        16 * MIB,
        16 * MIB,
        Compression.ZSTD,
        Compression.ZSTD,
        64,
        2,
        true,
        Blocks.ARCHIVE);
  }

  /** The control store: few small rows, each synced. */
  public static StoreOptions control() {
    return new StoreOptions(
        false,
        4 * MIB,
        4 * MIB,
        4 * MIB,
        Compression.LZ4,
        Compression.LZ4,
        128,
        2,
        true,
        Blocks.LIVE);
  }

  /** These with other write buffers. */
  public StoreOptions withBuffers(long timeOrderedBytes, long hashedBytes, long smallBytes) {
    return new StoreOptions(
        hot,
        timeOrderedBytes,
        hashedBytes,
        smallBytes,
        upperCompression,
        bottomCompression,
        maxOpenFiles,
        backgroundJobs,
        verifyChecksums,
        blocks);
  }

  /** These with other blocks. */
  public StoreOptions withBlocks(Blocks other) {
    return new StoreOptions(
        hot,
        timeOrderedBufferBytes,
        hashedBufferBytes,
        smallBufferBytes,
        upperCompression,
        bottomCompression,
        maxOpenFiles,
        backgroundJobs,
        verifyChecksums,
        other);
  }

  long bufferBytes(Table.Shape shape) {
    return switch (shape) {
      case TIME_ORDERED -> timeOrderedBufferBytes;
      case HASHED -> hashedBufferBytes;
      case COUNTED, SMALL -> smallBufferBytes;
    };
  }

  private static void checkBuffer(String name, long value) {
    check(name, value, 64 * KIB, 8 * GIB);
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
    }
  }
}
