package vellum.core.apply;

import java.time.Duration;
import vellum.core.record.Bound;

/**
 * How the applier works.
 *
 * @param batchRecords most messages that are resolved and written together, 1 to 65,536; default
 *     4,096
 * @param flushBytes bytes in memory at which a month is flushed, 1 MiB to 1 GiB; default 256 MiB
 * @param flushAge time after which what was written is flushed, 1 s to 1 h; default 60 s
 * @param flushDistanceBytes bytes of journal behind which no month's oldest unflushed message may
 *     lie, 1 MiB to 16 GiB; default 256 MiB
 * @param checkpointEvery least time between two advances of the floor, 10 ms to 1 min; default 1 s
 */
public record ApplyConfig(
    int batchRecords,
    long flushBytes,
    Duration flushAge,
    long flushDistanceBytes,
    Duration checkpointEvery) {

  private static final long MIB = 1L << 20;

  public ApplyConfig {
    Bound.check("batchRecords", batchRecords, 1, 65_536);
    Bound.check("flushBytes", flushBytes, MIB, 1024 * MIB);
    Bound.check("flushAge", flushAge, Duration.ofSeconds(1), Duration.ofHours(1));
    Bound.check("flushDistanceBytes", flushDistanceBytes, MIB, 16_384 * MIB);
    Bound.check("checkpointEvery", checkpointEvery, Duration.ofMillis(10), Duration.ofSeconds(60));
  }

  public static ApplyConfig defaults() {
    return new ApplyConfig(
        4096, 256 * MIB, Duration.ofSeconds(60), 256 * MIB, Duration.ofSeconds(1));
  }
}
