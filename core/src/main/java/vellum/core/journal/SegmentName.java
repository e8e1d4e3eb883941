package vellum.core.journal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a segment's directory: {@code 00000012-0000000000345678}, the generation and the journal
 * sequence of the first batch, which also says where the segment before it ends.
 */
record SegmentName(long generation, long first) implements Comparable<SegmentName> {

  private static final Pattern PATTERN = Pattern.compile("(\\d{8,10})-(\\d{16,18})");

  SegmentName {
    if (generation < 1 || first < 1) {
      throw new IllegalArgumentException("segment " + generation + "-" + first);
    }
  }

  static Optional<SegmentName> parse(String name) {
    Matcher matcher = PATTERN.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long generation = Long.parseLong(matcher.group(1));
    long first = Long.parseLong(matcher.group(2));
    return generation < 1 || first < 1
        ? Optional.empty()
        : Optional.of(new SegmentName(generation, first));
  }

  @Override
  public int compareTo(SegmentName other) {
    return Long.compare(generation, other.generation);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%08d-%016d", generation, first);
  }
}
