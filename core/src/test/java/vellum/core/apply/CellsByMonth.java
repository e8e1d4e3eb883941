package vellum.core.apply;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.CostCell;
import vellum.core.billing.Cube;
import vellum.core.billing.MonthCell;
import vellum.core.billing.SaleCell;
import vellum.core.period.Month;

/** Cells summed by month: as a month shows them, and as days come to them. */
final class CellsByMonth {

  private CellsByMonth() {}

  /** The cells that a month shows by month. */
  static Map<Object, List<BigInteger>> shown(Month month) {
    CellMap sums = new CellMap();
    MonthCell monthCell = new MonthCell();
    for (Cube cube : Cube.values()) {
      month.cells(
          CellRange.all(cube).byMonth(),
          (key, offset, length, measures) ->
              sums.add(monthCell.of(key, offset, length), 0, length, measures));
    }
    return CubeTraffic.plain(sums);
  }

  /** The same of cells by day. */
  static Map<Object, List<BigInteger>> of(Map<Object, List<BigInteger>> days) {
    Map<Object, List<BigInteger>> months = new HashMap<>();
    days.forEach(
        (cell, sums) ->
            months.merge(
                ofMonth(cell),
                sums,
                (one, other) ->
                    IntStream.range(0, one.size())
                        .mapToObj(i -> one.get(i).add(other.get(i)))
                        .toList()));
    months.values().removeIf(sums -> sums.stream().allMatch(sum -> sum.signum() == 0));
    return months;
  }

  private static Object ofMonth(Object cell) {
    if (cell instanceof SaleCell sale) {
      return new SaleCell(
          sale.account(),
          first(sale.day()),
          sale.channel(),
          sale.direction(),
          sale.trafficType(),
          sale.country(),
          sale.mccMnc(),
          sale.statusGroup(),
          sale.currency());
    }
    CostCell cost = (CostCell) cell;
    return new CostCell(
        cost.supplier(),
        first(cost.day()),
        cost.connection(),
        cost.route(),
        cost.mccMnc(),
        cost.channel(),
        cost.statusGroup(),
        cost.currency());
  }

  private static int first(int day) {
    return (int) LocalDate.ofEpochDay(day).withDayOfMonth(1).toEpochDay();
  }
}
