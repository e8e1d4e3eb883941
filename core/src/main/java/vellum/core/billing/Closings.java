package vellum.core.billing;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which periods of which parties are closed, and behind which journal sequence: what comes later is
 * an adjustment. A picture of one moment; immutable, and so safe from any thread.
 *
 * <p>A closing counts for messages behind {@code closedAt} up to and with {@code reopenedAt}. Both
 * are sequences at which the applier stood between two of its batches, so a replay decides the same
 * of every message.
 */
public final class Closings {

  /** Nothing is closed. */
  public static final Closings NONE = new Closings(Map.of(), LocalDate.MIN.toEpochDay());

  private final Map<Party, NavigableMap<YearMonth, List<Interval>>> parties;

  /** Day behind the newest month that any party ever closed. */
  private final long openFrom;

  /**
   * For how long a period was closed.
   *
   * @param closedAt sequence of the last message that it has
   * @param reopenedAt sequence of the last message that came too late; {@link #STILL_CLOSED}
   */
  public record Interval(long closedAt, long reopenedAt) {

    /** Not reopened. */
    public static final long STILL_CLOSED = Long.MAX_VALUE;

    public Interval {
      if (closedAt > reopenedAt) {
        throw new IllegalArgumentException(
            "reopened at " + reopenedAt + ", before it was closed at " + closedAt);
      }
    }

    boolean holds(long sequence) {
      return closedAt < sequence && sequence <= reopenedAt;
    }
  }

  /** All intervals of one period of one party, in their order. */
  public record Closed(Party party, YearMonth period, List<Interval> intervals) {
    public Closed {
      intervals = List.copyOf(intervals);
    }
  }

  private Closings(Map<Party, NavigableMap<YearMonth, List<Interval>>> parties, long openFrom) {
    this.parties = parties;
    this.openFrom = openFrom;
  }

  /** This with some periods replaced. */
  public Closings with(Collection<Closed> some) {
    Map<Party, NavigableMap<YearMonth, List<Interval>>> next = new HashMap<>(parties);
    long newest = openFrom;
    Map<Party, List<Closed>> changed = new TreeMap<>();
    for (Closed one : some) {
      changed.computeIfAbsent(one.party(), any -> new ArrayList<>()).add(one);
      newest = Math.max(newest, one.period().plusMonths(1).atDay(1).toEpochDay());
    }
    changed.forEach(
        (party, periods) -> {
          TreeMap<YearMonth, List<Interval>> months =
              new TreeMap<>(next.getOrDefault(party, new TreeMap<>()));
          periods.forEach(one -> months.put(one.period(), one.intervals()));
          next.put(party, months);
        });
    return new Closings(next, newest);
  }

  /** This without the periods up to the end of a year. */
  public Closings without(int year) {
    Map<Party, NavigableMap<YearMonth, List<Interval>>> next = new HashMap<>();
    parties.forEach(
        (party, months) -> {
          TreeMap<YearMonth, List<Interval>> left =
              new TreeMap<>(months.tailMap(YearMonth.of(year + 1, 1)));
          if (!left.isEmpty()) {
            next.put(party, left);
          }
        });
    return new Closings(next, openFrom);
  }

  /**
   * Whether a day may lie in a period that any party ever closed: nearly always false for what
   * comes now, at the cost of one comparison.
   *
   * @param day since 1970-01-01
   */
  public boolean mayTouch(int day) {
    return day < openFrom;
  }

  /** Whether a period was closed at any time before a message, be it open again or not. */
  public boolean wasClosed(Party party, YearMonth period, long sequence) {
    for (Interval interval : intervals(party, period)) {
      if (interval.closedAt < sequence) {
        return true;
      }
    }
    return false;
  }

  /** Whether a period is closed for a message. */
  public boolean isClosed(Party party, YearMonth period, long sequence) {
    for (Interval interval : intervals(party, period)) {
      if (interval.holds(sequence)) {
        return true;
      }
    }
    return false;
  }

  /** The first period from one on that is open for a message. */
  public YearMonth firstOpen(Party party, YearMonth from, long sequence) {
    YearMonth period = from;
    while (isClosed(party, period, sequence)) {
      period = period.plusMonths(1);
    }
    return period;
  }

  private List<Interval> intervals(Party party, YearMonth period) {
    NavigableMap<YearMonth, List<Interval>> months = parties.get(party);
    return months == null ? List.of() : months.getOrDefault(period, List.of());
  }

  /** The period in which a day lies. */
  public static YearMonth periodOf(int day) {
    return YearMonth.from(LocalDate.ofEpochDay(day));
  }
}
