package vellum.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server's garbage collector did, out of the log that {@code -Xlog:gc} writes. */
final class GcLog {

  private static final Pattern PAUSE =
      Pattern.compile("\\[gc *\\] GC\\(\\d+\\) Pause .* (\\d+\\.\\d+)ms$");

  private GcLog() {}

  /**
   * Pauses.
   *
   * @param count how many
   * @param totalMs of all
   * @param longestMs of the longest; 0 when there was none
   */
  record Pauses(long count, double totalMs, double longestMs) {

    private Pauses and(double ms) {
      return new Pauses(count + 1, totalMs + ms, Math.max(longestMs, ms));
    }
  }

  /** Reads a log; no pauses when there is none. */
  static Pauses read(Path log) throws IOException {
    Pauses pauses = new Pauses(0, 0, 0);
    if (!Files.exists(log)) {
      return pauses;
    }
    try (Stream<String> lines = Files.lines(log)) {
      for (String line : (Iterable<String>) lines::iterator) {
        Matcher pause = PAUSE.matcher(line);
        if (pause.find()) {
          pauses = pauses.and(Double.parseDouble(pause.group(1)));
        }
      }
    }
    return pauses;
  }
}
