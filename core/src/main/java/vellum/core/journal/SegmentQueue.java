package vellum.core.journal;

import java.nio.file.Path;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * Opens the Chronicle queue of a segment, always in the same way.
 *
 * <p>Its clock stands still, so that it never rolls by itself: a segment is one file, and a clock
 * that steps back, at which Chronicle would refuse to write, is never seen. Of the roll cycles that
 * keep the cycle in 32 bits of an index (others look entries up wrongly) the one with most entries
 * is taken. Double buffering, its monitor of free space, its banner and its reports over the
 * network are off. Reads and writes open it alike: a read-only mapping does not grow a file that
 * was cut short, and reading behind its end would kill the process.
 *
 * <p>No state; thread-safe.
 */
final class SegmentQueue {

  private static final long TIMEOUT_MS = 1_000;

  static {
    System.setProperty("chronicle.analytics.disable", "true");
    System.setProperty("chronicle.announcer.disable", "true");
    System.setProperty("chronicle.disk.monitor.disable", "true");
    System.setProperty("chronicle.table.store.timeoutMS", Long.toString(TIMEOUT_MS));
  }

  private SegmentQueue() {}

  static SingleChronicleQueue open(Path directory, int blockBytes, long clockMillis) {
    long millis = Math.max(0, clockMillis);
    return SingleChronicleQueueBuilder.binary(directory)
        .rollCycle(RollCycles.FAST_HOURLY)
        .timeProvider(() -> millis)
        .blockSize(blockBytes)
        .doubleBuffer(false)
        .timeoutMS(TIMEOUT_MS)
        .build();
  }
}
