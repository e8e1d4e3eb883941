package vellum.core.rerating;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rates, by what they ask for: the most specific one that a record matches is its rate, which is
 * the one that names most values (the days of a rate count as one). Immutable.
 */
public final class RateTable {

  /** Rates of a table, at most. */
  public static final int MOST_RATES = 100_000;

  private final List<Level> levels;
  private final int size;

  /**
   * Rates that name the same values.
   *
   * @param mask which
   * @param rates by those values; of each, by their first day, on days that do not overlap
   */
  private record Level(int mask, Map<Rate.Match, TreeMap<Integer, Rate>> rates) {

    int specificity() {
      return Integer.bitCount(mask);
    }

    @Nullable Rate find(Rate.Match values, int day) {
      TreeMap<Integer, Rate> byDay = rates.get(values.only(mask));
      Map.Entry<Integer, Rate> last = byDay == null ? null : byDay.floorEntry(day);
      return last != null && last.getValue().isOf(day) ? last.getValue() : null;
    }

    void add(Rate rate) {
      TreeMap<Integer, Rate> byDay = rates.computeIfAbsent(rate.match(), any -> new TreeMap<>());
      Map.Entry<Integer, Rate> before = byDay.floorEntry(rate.fromDay());
      if (before != null && before.getValue().toDay() > rate.fromDay()) {
        throw new RatesException.SameConditions(before.getValue(), rate);
      }
      Map.Entry<Integer, Rate> behind = byDay.higherEntry(rate.fromDay());
      if (behind != null && behind.getKey() < rate.toDay()) {
        throw new RatesException.SameConditions(behind.getValue(), rate);
      }
      byDay.put(rate.fromDay(), rate);
    }
  }

  private RateTable(List<Level> levels, int size) {
    this.levels = levels;
    this.size = size;
  }

  /**
   * A table of rates.
   *
   * @throws RatesException.SameConditions when two rates would match the same records alike
   * @throws RatesException.BadSize when there are none, or too many
   */
  public static RateTable of(List<Rate> rates) {
    if (rates.isEmpty() || rates.size() > MOST_RATES) {
      throw new RatesException.BadSize(
          "rates must be 1 to " + MOST_RATES + " rows: " + rates.size());
    }
    Map<Integer, Level> levels = new HashMap<>();
    for (Rate rate : rates) {
      levels.computeIfAbsent(rate.named(), mask -> new Level(mask, new HashMap<>())).add(rate);
    }
    List<Level> sorted = new ArrayList<>(levels.values());
    sorted.sort(
        Comparator.comparingInt(Level::specificity).reversed().thenComparingInt(Level::mask));
    return new RateTable(sorted, rates.size());
  }

  /** How many rates there are. */
  public int size() {
    return size;
  }

  /**
   * The rate of a record, or null when none matches.
   *
   * @param day its billing day, days since 1970-01-01
   * @throws RerateException.TwoRates when two equally specific ones match
   */
  public @Nullable Rate find(Rate.Match values, int day) {
    Rate found = null;
    int specificity = 0;
    for (Level level : levels) {
      if (found != null && level.specificity() < specificity) {
        break;
      }
      Rate rate = level.find(values, day);
      if (rate != null && found != null) {
        throw new RerateException.TwoRates(found, rate, values, day);
      }
      if (rate != null) {
        found = rate;
        specificity = level.specificity();
      }
    }
    return found;
  }
}
