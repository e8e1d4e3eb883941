package vellum.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import vellum.core.disk.Disk;

/**
 * Watches the free space, as a queue that is written into a full disk kills the process: its file
 * is mapped and sparse, and the kernel answers a store to a block that it cannot give with a
 * signal.
 *
 * <p>Below the reserve nothing is taken; above the higher mark it is again. Decisions, which are
 * small and may be what frees the disk, are taken down to half of the reserve. The appender looks;
 * all read.
 */
final class SpaceGuard {

  private static final long LOOK_NANOS = 100_000_000;

  private final Path directory;
  private final JournalConfig config;
  private final Disk disk;

  /** Bytes that somebody else is about to write, and that are not ours. */
  private volatile LongSupplier promised = () -> 0;

  private long lookedNanos;
  private long unlooked;
  private volatile long usable;
  private volatile boolean low;

  SpaceGuard(Path directory, JournalConfig config, Disk disk, long nanos) {
    this.directory = directory;
    this.config = config;
    this.disk = disk;
    look(nanos);
  }

  /** Counts bytes written, and looks when it is time. */
  void wrote(long bytes, long nanos) {
    unlooked += bytes;
    if (unlooked >= config.checkBytes() || nanos - lookedNanos >= LOOK_NANOS) {
      look(nanos);
    }
  }

  private void look(long nanos) {
    long now;
    try {
      now = disk.usableBytes(directory);
    } catch (IOException unknown) {
      now = 0;
    }
    unlooked = 0;
    lookedNanos = nanos;
    usable = now;
    long ours = now - promised.getAsLong();
    low = low ? ours < config.resumeBytes() : ours < config.reserveBytes();
  }

  /** From now on so many bytes count as taken already. */
  void promise(LongSupplier bytes) {
    promised = bytes;
  }

  /** Whether batches must wait. */
  boolean isLow() {
    return low;
  }

  /** Whether decisions must wait, too. */
  boolean isVeryLow() {
    return low && usable < config.reserveBytes() / 2;
  }

  long usable() {
    return usable;
  }
}
