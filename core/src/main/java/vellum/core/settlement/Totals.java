package vellum.core.settlement;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellGroups;
import vellum.core.billing.Dimension;
import vellum.core.billing.Measures;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * The answer to a {@link TotalsRequest}.
 *
 * @param rows that do not come to zero, by the texts of their columns
 * @param applied journal sequence up to which every message is in the rows
 * @param months that were read, in order
 * @param partialBefore in some time zones days before this one began in a year that was removed, so
 *     that the rows lack some of them; null when the interval has no such day
 */
public record Totals(
    TotalsRequest request,
    List<CellGroups.Row> rows,
    long applied,
    List<MonthRead> months,
    @Nullable LocalDate partialBefore) {

  /**
   * A month that was read.
   *
   * @param position journal sequence of the last batch that brought it something
   */
  public record MonthRead(MonthId month, Stage.Owner owner, long position) {}

  public Totals {
    rows = List.copyOf(rows);
    months = List.copyOf(months);
  }

  /**
   * The lowest position of the months that were read: a month that nothing comes for stays behind,
   * though nothing is missing in it. {@link #applied} when none was read.
   */
  public long position() {
    return months.stream().mapToLong(MonthRead::position).min().orElse(applied);
  }

  /** The rows' sums by currency. */
  public SortedMap<String, Measures> byCurrency() {
    int column = request.by().indexOf(Dimension.CURRENCY);
    SortedMap<String, Measures> sums = new TreeMap<>();
    for (CellGroups.Row row : rows) {
      sums.computeIfAbsent(row.values().get(column), any -> new Measures()).add(row.sums());
    }
    return sums;
  }
}
