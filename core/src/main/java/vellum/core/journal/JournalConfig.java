package vellum.core.journal;

import java.time.Duration;
import vellum.core.record.Bound;

/**
 * How the journal is kept.
 *
 * @param ack what a receipt promises; {@link Ack#DISK}
 * @param ringCommands commands that wait for the appender at most, a power of two from 16 to
 *     1,048,576; 4,096
 * @param ringBytes bytes of batches that wait for the appender at most, at least {@code
 *     maxBatchBytes}; 64 MiB
 * @param segmentBytes size at which a segment ends, from one block to 64 GiB; 1 GiB
 * @param segmentAge age at which a segment ends, from 1 second to 7 days; 1 hour
 * @param blockBytes piece of a segment that is mapped at once, a power of two from 1 MiB to 256
 *     MiB; 16 MiB. The same for all segments of a directory
 * @param maxBatchBytes largest body of a batch; at most a quarter of a block less 4 KiB, which is
 *     the default
 * @param reserveBytes free space into which nothing is written, 2.5 blocks (what the mapped blocks
 *     of two segments may still need) to 1 PiB; 512 MiB
 * @param resumeBytes free space at which batches are taken again, more than {@code reserveBytes};
 *     640 MiB
 * @param checkBytes free space is looked at after so many bytes appended, and ten times a second;
 *     64 KiB to a quarter of {@code reserveBytes}; 8 MiB
 * @param forceEvery time between two forces when receipts do not wait for them, 1 ms to 10 s; 50 ms
 * @param maxStreams streams that are known at most, 1 to 1,000,000; 100,000
 */
public record JournalConfig(
    Ack ack,
    int ringCommands,
    int ringBytes,
    long segmentBytes,
    Duration segmentAge,
    int blockBytes,
    int maxBatchBytes,
    long reserveBytes,
    long resumeBytes,
    long checkBytes,
    Duration forceEvery,
    int maxStreams) {

  /** What a receipt promises. */
  public enum Ack {
    /** The batch survives a power cut. */
    DISK,
    /** The batch survives the death of the process, not a power cut. */
    MEMORY
  }

  private static final int KIB = 1_024;
  private static final int MIB = 1_024 * KIB;
  private static final long GIB = 1_024L * MIB;

  /** Room of an excerpt for everything that is not the body. */
  static final int HEAD_BYTES = 4 * KIB;

  public JournalConfig {
    Bound.check("ringCommands", ringCommands, 16, 1_048_576);
    powerOfTwo("ringCommands", ringCommands);
    Bound.check("blockBytes", blockBytes, MIB, 256 * MIB);
    powerOfTwo("blockBytes", blockBytes);
    Bound.check("maxBatchBytes", maxBatchBytes, KIB, blockBytes / 4 - HEAD_BYTES);
    Bound.check("ringBytes", ringBytes, maxBatchBytes, Integer.MAX_VALUE);
    Bound.check("segmentBytes", segmentBytes, blockBytes, 64 * GIB);
    Bound.check("segmentAge", segmentAge, Duration.ofSeconds(1), Duration.ofDays(7));
    Bound.check("reserveBytes", reserveBytes, 2L * (blockBytes + blockBytes / 4), KIB * KIB * GIB);
    if (resumeBytes <= reserveBytes) {
      throw new IllegalArgumentException(
          "resumeBytes must be more than " + reserveBytes + ": " + resumeBytes);
    }
    Bound.check("checkBytes", checkBytes, 64 * KIB, reserveBytes / 4);
    Bound.check("forceEvery", forceEvery, Duration.ofMillis(1), Duration.ofSeconds(10));
    Bound.check("maxStreams", maxStreams, 1, 1_000_000);
  }

  /** The defaults. */
  public static JournalConfig defaults() {
    return new JournalConfig(
        Ack.DISK,
        4_096,
        64 * MIB,
        GIB,
        Duration.ofHours(1),
        16 * MIB,
        4 * MIB - HEAD_BYTES,
        512L * MIB,
        640L * MIB,
        8L * MIB,
        Duration.ofMillis(50),
        100_000);
  }

  private static void powerOfTwo(String name, int value) {
    if (Integer.bitCount(value) != 1) {
      throw new IllegalArgumentException(name + " must be a power of two: " + value);
    }
  }
}
