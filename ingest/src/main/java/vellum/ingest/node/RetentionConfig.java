package vellum.ingest.node;

import java.nio.file.Path;
import java.time.Duration;
import vellum.core.retention.ClockGuardConfig;

/**
 * Where the retention policy comes from at the first start, and which clock erasing believes.
 *
 * @param policy file of the policy that the first start puts in force; empty: the built-in one,
 *     which is the source's rule. Later versions are accepted by {@code vellum retention apply}
 * @param clockDrift how far wall clock and monotonic clock may differ while the process runs, 1 s
 *     to 1 h; 5 min
 * @param clockGap how long stops that nobody measured may last together, by the wall clock, without
 *     anybody asked whether that is true, 1 min to 24 h; 24 h. What is due goes by so much later
 * @param clockWrittenEvery how often the trusted instant is written to the disk, 1 s to 1 h; 10 s
 */
public record RetentionConfig(
    Path policy, Duration clockDrift, Duration clockGap, Duration clockWrittenEvery) {

  private static final int MAX_BYTES = 1 << 20;

  public RetentionConfig {
    check("clockDrift", clockDrift, Duration.ofSeconds(1), Duration.ofHours(1));
    check("clockGap", clockGap, Duration.ofMinutes(1), Duration.ofHours(24));
    check("clockWrittenEvery", clockWrittenEvery, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  /** The defaults. */
  public static RetentionConfig defaults() {
    ClockGuardConfig clock = ClockGuardConfig.DEFAULT;
    return new RetentionConfig(Path.of(""), clock.drift(), clock.gap(), clock.writeEvery());
  }

  /** The policy's file; where none is named, the first start takes the built-in one. */
  NamedFile policyFile() {
    return new NamedFile("retention.policy", policy, MAX_BYTES);
  }

  ClockGuardConfig clock() {
    return new ClockGuardConfig(clockDrift, clockGap, clockWrittenEvery);
  }

  private static void check(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s must be %ds to %ds: %dms"
              .formatted(name, least.toSeconds(), most.toSeconds(), value.toMillis()));
    }
  }
}
