package vellum.core.audit;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the audit trail.
 *
 * @param checkpointEntries entries after which a checkpoint is signed, 1 to 1,000,000; 100
 * @param checkpointEvery time after which a checkpoint is signed when there is a new entry, 1 s to
 *     24 h; 5 min. What is changed on the disk before it is signed over, nobody can prove
 * @param secondPlace directory, on another machine's disk, that each checkpoint is copied to;
 *     empty: none
 */
public record AuditConfig(int checkpointEntries, Duration checkpointEvery, Path secondPlace) {

  private static final int MOST_ENTRIES = 1_000_000;
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(24);

  public AuditConfig {
    if (checkpointEntries < 1 || checkpointEntries > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "checkpointEntries must be 1 to " + MOST_ENTRIES + ": " + checkpointEntries);
    }
    if (checkpointEvery.compareTo(LEAST) < 0 || checkpointEvery.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "checkpointEvery must be 1s to 24h: " + checkpointEvery.toMillis() + "ms");
    }
  }

  /** The defaults. */
  public static AuditConfig defaults() {
    return new AuditConfig(100, Duration.ofMinutes(5), Path.of(""));
  }
}
