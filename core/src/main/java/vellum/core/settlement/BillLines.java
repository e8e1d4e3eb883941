package vellum.core.settlement;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.billing.CostCell;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.Posting;
import vellum.core.billing.SaleCell;

/**
 * What a {@link Bill} came to; not changed any more.
 *
 * @param charges cells of all days together, in the order of their keys, without those that are
 *     nothing
 * @param adjustments by period, reason and dimensions
 */
record BillLines(
    SortedMap<byte[], Measures> charges,
    SortedMap<BillLines.Adjusted, BillLines.Adjustment> adjustments,
    BillLines.Days days) {

  /** What adjustments have in common that stand in one line. */
  record Adjusted(YearMonth of, Posting.Reason reason, byte[] line)
      implements Comparable<Adjusted> {

    @Override
    public int compareTo(Adjusted other) {
      int order = of.compareTo(other.of);
      order = order != 0 ? order : reason.compareTo(other.reason);
      return order != 0 ? order : Bill.BYTES.compare(line, other.line);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Adjusted adjusted && compareTo(adjusted) == 0;
    }

    @Override
    public int hashCode() {
      return of.hashCode() * 31 + Arrays.hashCode(line);
    }
  }

  /** A line of adjustments. */
  static final class Adjustment {
    final Measures delta = new Measures();
    long postings;
  }

  /**
   * The days on which there is something: since 1970-01-01; the first is behind the last if none.
   */
  record Days(int first, int last) {
    boolean isEmpty() {
      return first > last;
    }
  }

  /** What is to be paid by currency, without postings by hand. */
  SortedMap<String, BigInteger> amounts() {
    SortedMap<String, BigInteger> amounts = new TreeMap<>();
    charges.forEach((line, sums) -> add(amounts, line, sums));
    adjustments.forEach((key, line) -> add(amounts, key.line(), line.delta));
    return amounts;
  }

  private static void add(SortedMap<String, BigInteger> amounts, byte[] line, Measures sums) {
    amounts.merge(currency(line), sums.amount().value(), BigInteger::add);
  }

  /** Currency of a line. */
  static String currency(byte[] line) {
    return Cube.ofId(line[0]) == Cube.SALE
        ? SaleCell.decode(line, 0, line.length).currency()
        : CostCell.decode(line, 0, line.length).currency();
  }
}
