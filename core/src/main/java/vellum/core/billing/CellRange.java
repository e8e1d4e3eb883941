package vellum.core.billing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which cells of a cube are asked for.
 *
 * @param party the account or supplier; null for all
 * @param fromDay first day in the party's zone, days since 1970-01-01
 * @param toDay day behind the last one
 * @param isByMonth whether cells of a month may come summed, under its first day: of whole months
 *     only
 */
public record CellRange(
    Cube cube, @Nullable String party, int fromDay, int toDay, boolean isByMonth) {

  public CellRange {
    if (fromDay > toDay) {
      throw new IllegalArgumentException("days are reversed: " + fromDay + " to " + toDay);
    }
    if (isByMonth && !(isBound(fromDay) && isBound(toDay))) {
      throw new IllegalArgumentException("not whole months: " + fromDay + " to " + toDay);
    }
  }

  /** Cells day by day. */
  public CellRange(Cube cube, @Nullable String party, int fromDay, int toDay) {
    this(cube, party, fromDay, toDay, false);
  }

  private static boolean isBound(int day) {
    return day == Integer.MIN_VALUE
        || day == Integer.MAX_VALUE
        || LocalDate.ofEpochDay(day).getDayOfMonth() == 1;
  }

  /** All cells of a cube. */
  public static CellRange all(Cube cube) {
    return new CellRange(cube, null, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** The same for who needs no days. */
  public CellRange byMonth() {
    return new CellRange(cube, party, fromDay, toDay, true);
  }

  /** The same for who needs no days: whole months by month, what is beside them by day. */
  public List<CellRange> months() {
    int first = BillingDay.firstOfMonth(fromDay);
    first = first < fromDay ? BillingDay.end(BillingDay.month(fromDay)) : first;
    int end = BillingDay.firstOfMonth(toDay);
    if (first >= end) {
      return List.of(this);
    }
    List<CellRange> parts = new ArrayList<>(3);
    if (fromDay < first) {
      parts.add(new CellRange(cube, party, fromDay, first));
    }
    parts.add(new CellRange(cube, party, first, end, true));
    if (end < toDay) {
      parts.add(new CellRange(cube, party, end, toDay));
    }
    return parts;
  }
}
