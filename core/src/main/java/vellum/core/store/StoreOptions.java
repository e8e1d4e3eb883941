package vellum.core.store;

/**
 * How one store uses memory and disk. Defaults are the three factories; a changed one is made with
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
    boolean verifyChecksums) {

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
        true, GIB, GIB, 64 * MIB, Compression.LZ4, Compression.ZSTD, 512, 2, true);
  }

  /** Any other month: late records and look-ups. */
  public static StoreOptions otherMonth() {
    return new StoreOptions(
        false, 256 * MIB, 256 * MIB, 64 * MIB, Compression.LZ4, Compression.ZSTD, 128, 2, true);
  }

  /** The control store: few small rows, each synced. */
  public static StoreOptions control() {
    return new StoreOptions(
        false, 4 * MIB, 4 * MIB, 4 * MIB, Compression.LZ4, Compression.LZ4, 128, 2, true);
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
        verifyChecksums);
  }

  long bufferBytes(Table.Shape shape) {
    return switch (shape) {
      case TIME_ORDERED -> timeOrderedBufferBytes;
      case HASHED -> hashedBufferBytes;
      case SMALL -> smallBufferBytes;
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
