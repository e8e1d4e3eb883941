package vellum.core.registry;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.UtcOffset;

/**
 * The offsets of a time zone from UTC in quarters of an hour, as a table of its transitions, so
 * that a look-up allocates nothing. An offset that is no whole number of quarters, as a fixed one
 * such as {@code +01:07} or the local mean times of the nineteenth century, is rounded down. What
 * lies outside the years 1970 to 2099 is asked of the zone itself. Immutable.
 */
public final class ZoneOffsets {

  private static final long MICROS = 1_000_000;
  private static final long FIRST = Instant.EPOCH.getEpochSecond();
  private static final long END = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

  private final ZoneRules rules;

  /** When an offset starts to apply, seconds since the epoch, ascending; the first is 1970. */
  private final long[] starts;

  /** The offset that applies from there on. */
  private final byte[] quarters;

  private ZoneOffsets(ZoneRules rules, List<ZoneOffsetTransition> transitions) {
    this.rules = rules;
    this.starts = new long[transitions.size() + 1];
    this.quarters = new byte[starts.length];
    starts[0] = FIRST;
    quarters[0] = (byte) quarters(rules.getOffset(Instant.ofEpochSecond(FIRST)));
    for (int i = 1; i < starts.length; i++) {
      starts[i] = transitions.get(i - 1).toEpochSecond();
      quarters[i] = (byte) quarters(transitions.get(i - 1).getOffsetAfter());
    }
  }

  /** The table of a zone: some hundred entries where clocks change, else one. */
  public static ZoneOffsets of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(FIRST));
    while (next != null && next.toEpochSecond() < END) {
      transitions.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    return new ZoneOffsets(rules, transitions);
  }

  /**
   * The offset at a time, east positive: -72 to 72.
   *
   * @param seconds since the epoch
   */
  public int quartersAt(long seconds) {
    if (seconds < FIRST || seconds >= END) {
      return quarters(rules.getOffset(Instant.ofEpochSecond(seconds)));
    }
    int found = Arrays.binarySearch(starts, seconds);
    return quarters[found >= 0 ? found : -found - 2];
  }

  /** The same offset, with the times from which and to which the table has it. */
  void find(long seconds, ZoneSpan span) {
    if (seconds < FIRST || seconds >= END) {
      long micros = seconds * MICROS;
      span.set(micros, micros + MICROS, quartersAt(seconds));
      return;
    }
    int found = Arrays.binarySearch(starts, seconds);
    int index = found >= 0 ? found : -found - 2;
    long to = index + 1 < starts.length ? starts[index + 1] : END;
    span.set(starts[index] * MICROS, to * MICROS, quarters[index]);
  }

  private static int quarters(ZoneOffset offset) {
    return Math.floorDiv(offset.getTotalSeconds(), UtcOffset.QUARTER_SECONDS);
  }
}
