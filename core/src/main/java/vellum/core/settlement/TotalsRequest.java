package vellum.core.settlement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Dimension;
import vellum.core.billing.TotalsException;

/**
 * A question for totals.
 *
 * @param filter which cells: cube, days, values of dimensions
 * @param by what rows are grouped by, in the order of their columns; a dimension that is named
 *     twice counts once. Currency comes last where it is not named: amounts of two currencies are
 *     never added
 */
public record TotalsRequest(CellFilter filter, List<Dimension> by) {

  /**
   * Checks.
   *
   * @throws TotalsException.OtherCube when the filter's cube does not have a dimension
   */
  public TotalsRequest {
    Set<Dimension> columns = new LinkedHashSet<>();
    for (Dimension dimension : by) {
      columns.add(dimension.in(filter.cube()));
    }
    columns.add(Dimension.CURRENCY);
    by = List.copyOf(new ArrayList<>(columns));
  }
}
