package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import vellum.core.disk.Disk;
import vellum.core.record.MonthId;

/**
 * The room that a strip takes while live month and archive are both there: at most what the live
 * month takes, as every stripped row is shorter than its sealed one and the subject index is not
 * rewritten, and one file that is being sorted. It is looked for before a strip starts and reserved
 * until the strip has written it: the journal adds {@link #reservedBytes} to the space into which
 * it does not write. A strip that waits for room reserves nothing, so that it stops no producer.
 * {@link #reservedBytes} may be called by any thread, the rest by the worker's.
 */
public final class SpacePlan {

  /** What a store takes besides its rows: the file being written, manifest, options. */
  static final long MARGIN_BYTES = 64L << 20;

  private final Disk disk;
  private final Path directory;
  private final LongSupplier journalReserve;
  private final AtomicLong reserved = new AtomicLong();

  /** Used by the worker's thread only. */
  private long granted;

  /**
   * @param directory on the file system of which the archive is made
   * @param journalReserve bytes into which nothing is written, the strip's own reservation aside
   */
  public SpacePlan(Disk disk, Path directory, LongSupplier journalReserve) {
    this.disk = disk;
    this.directory = directory;
    this.journalReserve = journalReserve;
  }

  /** Bytes that the strip of a live month of so many bytes may take. */
  static long needed(long liveBytes) {
    return liveBytes + MARGIN_BYTES;
  }

  /**
   * Reserves room for a strip, in place of what was reserved before.
   *
   * @throws StripException.NoRoom when there is not enough
   */
  void reserve(MonthId month, long bytes) {
    release();
    long free = free();
    if (free < bytes) {
      throw new StripException.NoRoom(month, bytes, Math.max(0, free));
    }
    granted = bytes;
    reserved.set(bytes);
  }

  /** So many bytes of what was granted are on the disk now. */
  void written(long bytes) {
    reserved.set(Math.max(0, granted - bytes));
  }

  void release() {
    granted = 0;
    reserved.set(0);
  }

  /** Bytes that a strip under way has still to write; 0 while there is none. */
  public long reservedBytes() {
    return reserved.get();
  }

  private long free() {
    try {
      return disk.usableBytes(directory) - journalReserve.getAsLong();
    } catch (IOException e) {
      throw new UncheckedIOException("free space of " + directory + " is not known", e);
    }
  }
}
