package vellum.core.export;

import java.util.List;

/**
 * Which columns control totals are made of.
 *
 * @param time column of times, of which the earliest and the latest are told; {@link #NONE} for
 *     none
 * @param split column of texts whose values have sums of their own, each named {@code
 *     <value>_<figure>}; {@link #NONE} when all rows are summed together
 */
public record Control(List<Figure> figures, int time, int split) {

  static final int NONE = -1;

  /** All rows summed together. */
  public Control(List<Figure> figures, int time) {
    this(figures, time, NONE);
  }

  /**
   * A column that is summed.
   *
   * @param name of the sum
   * @param ofElements whether the column is one of the list's elements
   * @param column a number, a total or an amount
   * @param currency column of its currency, by which amounts are summed apart; {@link #NONE} when
   *     it is no money
   */
  public record Figure(String name, boolean ofElements, int column, int currency) {

    boolean isMoney() {
      return currency != NONE;
    }
  }

  /** Of records: charges, expected costs, and what the legs cost. */
  static Control ofRecords() {
    RecordColumns all = RecordColumns.ALL;
    int currency = all.indexOf("currency");
    int legCurrency = all.legIndexOf("currency");
    return new Control(
        List.of(
            new Figure("units", false, all.indexOf("units"), NONE),
            new Figure("sale_price", false, all.indexOf("sale_price_nanos"), currency),
            new Figure("cost_price", false, all.indexOf("cost_price_nanos"), currency),
            new Figure("legs", false, all.legCount(), NONE),
            new Figure("leg_units", true, all.legIndexOf("units"), NONE),
            new Figure("leg_cost", true, all.legIndexOf("cost_nanos"), legCurrency)),
        RecordColumns.STARTED_AT);
  }
}
