package vellum.bench.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import vellum.ingest.demo.GeneratorOptions;

/**
 * A part of the traffic: twelve months, of which eleven are history and the last one is the current
 * month. Times are fixed, so that equal runs send equal records; Vellum's clock is moved to {@link
 * #NOW}.
 */
enum Slice {
  /** The eleven months before the current one. */
  HISTORY("2025-03-01", "2026-02-01", 8),
  /** Ten days of the current month, in three parts, by ever more producers. */
  LOAD_1("2026-02-11", "2026-02-14", 1),
  LOAD_8("2026-02-14", "2026-02-17", 8),
  LOAD_64("2026-02-17", "2026-02-21", 64),
  /** What comes while questions are asked. */
  QUESTIONS("2026-02-21", "2026-02-22", 8),
  /** What comes when the peer is killed. */
  CRASH("2026-02-22", "2026-02-23", 8);

  /** What Vellum's clock shows when it starts. */
  static final Instant NOW = Instant.parse("2026-02-23T00:00:00Z");

  /** The oldest month, which is stripped. */
  static final YearMonth OLDEST = YearMonth.of(2025, 3);

  /** The first microsecond behind the oldest month. */
  static final long OLDEST_ENDS =
      Instant.parse("2025-04-01T00:00:00Z").getEpochSecond() * 1_000_000;

  /** When the oldest month's identities must be gone: the first instant behind. */
  static final Instant DEADLINE = Instant.parse("2026-04-01T00:00:00Z");

  /** The month whose totals are asked for. */
  static final YearMonth CURRENT = YearMonth.of(2026, 2);

  static final int MONTHS = 12;

  /** The ids of those that were acked are kept in memory. */
  private static final long MOST_CRASH = 2_000_000;

  private static final long LEAST_CRASH = 10_000;
  private static final int MOST_SUBSCRIBERS = 20_000_000;
  private static final int LEAST_SUBSCRIBERS = 1_000;

  private final Instant from;
  private final Instant until;
  private final int producers;

  Slice(String from, String until, int producers) {
    this.from = Instant.parse(from + "T00:00:00Z");
    this.until = Instant.parse(until + "T00:00:00Z");
    this.producers = producers;
  }

  long fromMicros() {
    return from.getEpochSecond() * 1_000_000;
  }

  long untilMicros() {
    return until.getEpochSecond() * 1_000_000;
  }

  /** How many send it at a time. */
  int producers() {
    return producers;
  }

  boolean isLoad() {
    return this == LOAD_1 || this == LOAD_8 || this == LOAD_64;
  }

  /** Where its records are. */
  Path file(Path traffic) {
    return traffic.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /**
   * Its distinct records, for so many of the three loads together.
   *
   * @param rate of records a second while questions are asked
   */
  long records(long loads, Duration questions, int rate) {
    return switch (this) {
      case HISTORY -> loads / 2;
      case LOAD_1, LOAD_8 -> loads / 3;
      case LOAD_64 -> loads - 2 * (loads / 3);
      case QUESTIONS -> questions.toSeconds() * rate;
      case CRASH -> Math.max(LEAST_CRASH, Math.min(MOST_CRASH, loads / 5));
    };
  }

  /**
   * Its traffic: whole records, of loads 1 % late, none twice. Every number comes one or two times
   * on average.
   */
  GeneratorOptions options(long seed, long records, long loads) {
    int subscribers = (int) Math.max(LEAST_SUBSCRIBERS, Math.min(MOST_SUBSCRIBERS, loads));
    return GeneratorOptions.of(seed + from.getEpochSecond(), records, from, until.minusMillis(1))
        .withShares(0, isLoad() ? 0.01 : 0, 0)
        .withSubscribers(subscribers);
  }
}
