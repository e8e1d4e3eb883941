package vellum.core.billing;

import org.jspecify.annotations.Nullable;

/**
 * Which cells of a cube are asked for.
 *
 * @param party the account or supplier; null for all
 * @param fromDay first day in the party's zone, days since 1970-01-01
 * @param toDay day behind the last one
 */
public record CellRange(Cube cube, @Nullable String party, int fromDay, int toDay) {

  public CellRange {
    if (fromDay > toDay) {
      throw new IllegalArgumentException("days are reversed: " + fromDay + " to " + toDay);
    }
  }

  /** All cells of a cube. */
  public static CellRange all(Cube cube) {
    return new CellRange(cube, null, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
