package vellum.ingest.terminal;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. Stateless. */
public final class Figures {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Figures() {}

  /** {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 3 rows}, {@code 1 row}. */
  public static String count(long number, String singular) {
    return count(number) + ' ' + singular + (number == 1 ? "" : "s");
  }

  /** {@code 12.3 MiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  /** {@code 820 ms}, {@code 4.2 s}, {@code 3 min 20 s}. */
  public static String duration(Duration duration) {
    long ms = duration.toMillis();
    if (ms < 1_000) {
      return ms + " ms";
    }
    if (ms < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
    long seconds = ms / 1000;
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** Things a second; of nothing when no time went by. */
  public static long rate(long things, Duration duration) {
    return (long) (things * 1e9 / Math.max(1, duration.toNanos()));
  }
}
