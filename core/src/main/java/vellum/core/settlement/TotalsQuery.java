package vellum.core.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import vellum.core.billing.CellFilter;
import vellum.core.billing.CellGroups;
import vellum.core.billing.CellRange;
import vellum.core.billing.TotalsException;
import vellum.core.record.MonthId;

/**
 * Totals of any days, grouped by any dimensions, filtered by any: read out of the cubes of the
 * months that can hold them, and exact. What it costs goes by the cells of the parties and days
 * that are asked for; where nobody asks for days, by those of whole months, which are some twenty
 * times fewer. Thread-safe.
 */
public final class TotalsQuery {

  /** Most rows of an answer. */
  public static final int MAX_ROWS = 100_000;

  private final CellSource cells;
  private final Askable askable;
  private final LongSupplier applied;

  /**
   * @param askable refuses questions
   * @param applied journal sequence up to which months have everything
   */
  public TotalsQuery(CellSource cells, Askable askable, LongSupplier applied) {
    this.cells = cells;
    this.askable = askable;
    this.applied = applied;
  }

  /**
   * Answers with at most {@link #MAX_ROWS} rows.
   *
   * @throws TotalsException when it has no answer, by its kinds
   * @throws SettlementException when it names an account or supplier that nobody knows
   */
  public Totals totals(TotalsRequest request) {
    return totals(request, MAX_ROWS);
  }

  /**
   * Answers.
   *
   * @param mostRows groups that are kept in memory, those that come to zero included; some 150
   *     bytes each
   * @throws TotalsException when it has no answer, by its kinds
   * @throws SettlementException when it names an account or supplier that nobody knows
   */
  public Totals totals(TotalsRequest request, int mostRows) {
    CellFilter filter = request.filter();
    askable.require(filter);
    long complete = applied.getAsLong();
    CellGroups groups = new CellGroups(filter, request.by(), mostRows);
    List<CellRange> ranges = filter.ranges(request.by());
    List<Totals.MonthRead> read = new ArrayList<>();
    for (MonthId month : cells.months(filter.fromDay(), filter.toDay())) {
      read(month, ranges, groups).ifPresent(read::add);
    }
    return new Totals(
        request, groups.rows(), complete, read, askable.days().partialBefore(filter.fromDay()));
  }

  private Optional<Totals.MonthRead> read(
      MonthId month, List<CellRange> ranges, CellGroups groups) {
    Optional<CellSource.Cells> opened = cells.open(month);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (CellSource.Cells open = opened.get()) {
      long position = open.position();
      for (CellRange range : ranges) {
        open.read(range, groups);
      }
      return Optional.of(new Totals.MonthRead(month, open.owner(), position));
    }
  }
}
