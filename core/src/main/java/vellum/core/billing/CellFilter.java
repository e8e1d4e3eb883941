package vellum.core.billing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which cells of a cube are meant: those of some billing days that have, in each dimension that is
 * named, one of the values named for it. A row of totals, a line of a statement and the records
 * behind them have the same filter. Immutable.
 *
 * @param fromDay first billing day, days since 1970-01-01 in the party's zone
 * @param toDay day behind the last one
 * @param where values by dimension, as {@link Dimension} writes them; the empty text is the value
 *     of what a record does not say
 */
public record CellFilter(
    Cube cube, int fromDay, int toDay, Map<Dimension, SortedSet<String>> where) {

  /** Most values that a filter may name. */
  public static final int MAX_VALUES = 1000;

  /**
   * Checks, and writes values as cells have them: {@code sms} is {@code SMS}.
   *
   * @throws TotalsException.BadInterval when the days are reversed or none
   * @throws TotalsException.OtherCube when the cube does not have a dimension
   * @throws TotalsException.BadValue when a dimension cannot have a value
   * @throws TotalsException.TooManyValues above {@link #MAX_VALUES}
   */
  public CellFilter {
    if (fromDay >= toDay) {
      throw new TotalsException.BadInterval();
    }
    if (where.values().stream().mapToLong(Set::size).sum() > MAX_VALUES) {
      throw new TotalsException.TooManyValues(MAX_VALUES);
    }
    Map<Dimension, SortedSet<String>> checked = new EnumMap<>(Dimension.class);
    for (Map.Entry<Dimension, SortedSet<String>> entry : where.entrySet()) {
      Dimension dimension = entry.getKey().in(cube);
      SortedSet<String> values = new TreeSet<>();
      for (String value : entry.getValue()) {
        byte[] bytes = dimension.bytes(value);
        values.add(dimension.text(bytes, 0, bytes.length));
      }
      checked.put(dimension, Collections.unmodifiableSortedSet(values));
    }
    where = Collections.unmodifiableMap(checked);
  }

  /** All cells of some days. */
  public static CellFilter of(Cube cube, LocalDate from, LocalDate to) {
    if (!from.isBefore(to)) {
      throw new TotalsException.BadInterval();
    }
    return new CellFilter(
        cube, Math.toIntExact(from.toEpochDay()), Math.toIntExact(to.toEpochDay()), Map.of());
  }

  /** The same with one of these values in a dimension, whatever was named for it before. */
  public CellFilter with(Dimension dimension, Collection<String> values) {
    Map<Dimension, SortedSet<String>> more = new EnumMap<>(Dimension.class);
    more.putAll(where);
    more.put(dimension, new TreeSet<>(values));
    return new CellFilter(cube, fromDay, toDay, more);
  }

  /** The same with this value in a dimension. */
  public CellFilter with(Dimension dimension, String value) {
    return with(dimension, List.of(value));
  }

  /** The accounts or suppliers that are named; empty for all. */
  public Set<String> parties() {
    return where.getOrDefault(Dimension.party(cube), Collections.emptySortedSet());
  }

  /** What is to be read to find the cells: a range for each party, or one for all. */
  public List<CellRange> ranges() {
    if (!where.containsKey(Dimension.party(cube))) {
      return List.of(new CellRange(cube, null, fromDay, toDay));
    }
    List<CellRange> ranges = new ArrayList<>();
    for (String party : parties()) {
      ranges.add(new CellRange(cube, party, fromDay, toDay));
    }
    return ranges;
  }

  /**
   * The same for who groups by some dimensions: by month where no day is asked for, and months are
   * whole.
   */
  public List<CellRange> ranges(Collection<Dimension> by) {
    if (by.contains(Dimension.DAY) || where.containsKey(Dimension.DAY)) {
      return ranges();
    }
    return ranges().stream().flatMap(range -> range.months().stream()).toList();
  }

  /** A test of cells for one thread. */
  public CellMatch match() {
    return new CellMatch(this);
  }
}
