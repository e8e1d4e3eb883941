package vellum.ingest.node;

import vellum.core.record.Bound;
import vellum.core.store.StoreOptions;

/**
 * What the stores share, and how large their buffers are.
 *
 * @param cacheBytes of blocks, indexes and filters of all stores together, 1 MiB to 1 TiB; 256 MiB
 * @param backgroundThreads that compact; half as many flush; 1 to 64; 2
 * @param openMonths months that stay open while nobody uses them, 1 to 1,000; 24
 * @param currentMonthBytes write buffer of records and of subjects of the current month, 64 KiB to
 *     8 GiB; 1 GiB. An upper bound: apply.flush_bytes is what flushes
 * @param otherMonthBytes the same of every other month, 64 KiB to 8 GiB; 256 MiB
 */
public record StoreConfig(
    long cacheBytes,
    int backgroundThreads,
    int openMonths,
    long currentMonthBytes,
    long otherMonthBytes) {

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  public StoreConfig {
    Bound.check("cacheBytes", cacheBytes, MIB, KIB * GIB);
    Bound.check("backgroundThreads", backgroundThreads, 1, 64);
    Bound.check("openMonths", openMonths, 1, 1_000);
    Bound.check("currentMonthBytes", currentMonthBytes, 64 * KIB, 8 * GIB);
    Bound.check("otherMonthBytes", otherMonthBytes, 64 * KIB, 8 * GIB);
  }

  /** The defaults. */
  public static StoreConfig defaults() {
    return new StoreConfig(256 * MIB, 2, 24, GIB, 256 * MIB);
  }

  /** Options of a month's store. */
  StoreOptions month(boolean current) {
    StoreOptions options = current ? StoreOptions.currentMonth() : StoreOptions.otherMonth();
    long bytes = current ? currentMonthBytes : otherMonthBytes;
    return options.withBuffers(bytes, bytes, options.smallBufferBytes());
  }
}
