package vellum.core.subject;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.record.MonthId;

/**
 * What an erasure would erase, by month. Immutable.
 *
 * @param months those in which there is anything
 */
public record ErasurePlan(SortedMap<MonthId, Count> months) {

  public ErasurePlan {
    months = Collections.unmodifiableSortedMap(new TreeMap<>(months));
  }

  /**
   * Of one month.
   *
   * @param records of which parts would be erased; one of which two people are erased counts twice
   * @param suspended rows in suspense
   */
  public record Count(long records, long suspended) {
    Count plus(Count other) {
      return new Count(records + other.records, suspended + other.suspended);
    }
  }

  /** Of all months. */
  public Count total() {
    return months.values().stream().reduce(new Count(0, 0), Count::plus);
  }
}
