package vellum.core.settlement;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.billing.CellSink;
import vellum.core.billing.Closings;
import vellum.core.billing.CostCell;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.billing.SaleCell;

/**
 * The bill of one period of one party as it was at one journal sequence, worked out of the cells as
 * they are now:
 *
 * <pre>
 *   cells of the period, now
 *   − adjustments of the period behind that sequence
 *   − adjustments of the period up to it that stand on another period's bill
 *   + adjustments of other periods up to it that stand on this one's
 * </pre>
 *
 * Once a period was closed, each change of its cells is an adjustment, so this comes to the same
 * whenever it is worked out. Not thread-safe.
 */
final class Bill {

  private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  private final Party party;
  private final YearMonth period;
  private final long position;
  private final TreeMap<byte[], Measures> cells = new TreeMap<>(BYTES);
  private final TreeMap<Adjusted, Adjustment> adjustments = new TreeMap<>();

  /** What adjustments have in common that stand in one line. */
  record Adjusted(YearMonth of, Posting.Reason reason, byte[] line)
      implements Comparable<Adjusted> {

    @Override
    public int compareTo(Adjusted other) {
      int order = of.compareTo(other.of);
      order = order != 0 ? order : reason.compareTo(other.reason);
      return order != 0 ? order : BYTES.compare(line, other.line);
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

  Bill(Party party, YearMonth period, long position) {
    this.party = party;
    this.period = period;
    this.position = position;
  }

  /** Adds some of a cell of the period. */
  void cell(byte[] key, int offset, int length, Measures measures) {
    of(Arrays.copyOfRange(key, offset, offset + length)).add(measures);
  }

  /** Takes out an adjustment of the period that does not stand here. */
  void adjustmentOf(Posting posting) {
    boolean behind = posting.origin().sequence() > position;
    if (behind || !posting.to().equals(period)) {
      of(posting.cell()).subtract(posting.delta());
    }
  }

  /** Puts down an adjustment of another period that stands here. */
  void adjustmentTo(Posting posting) {
    if (posting.origin().sequence() <= position && !posting.of().equals(period)) {
      Adjusted key = new Adjusted(posting.of(), posting.cause().reason(), line(posting.cell()));
      Adjustment line = adjustments.computeIfAbsent(key, any -> new Adjustment());
      line.delta.add(posting.delta());
      line.postings++;
    }
  }

  /** Hands out the cells that the charge lines are sums of, day by day. */
  void cells(CellSink sink) {
    cells.forEach((cell, sums) -> sink.cell(cell, 0, cell.length, sums));
  }

  private Measures of(byte[] cell) {
    return cells.computeIfAbsent(cell, any -> new Measures());
  }

  /** Charge lines: cells of all days together, in the order of their keys. */
  SortedMap<byte[], Measures> lines() {
    SortedMap<byte[], Measures> lines = new TreeMap<>(BYTES);
    cells.forEach(
        (cell, sums) -> lines.computeIfAbsent(line(cell), any -> new Measures()).add(sums));
    lines.values().removeIf(Bill::isZero);
    return lines;
  }

  /** Lines of adjustments by period, reason and dimensions. */
  SortedMap<Adjusted, Adjustment> adjustments() {
    return adjustments;
  }

  Days days() {
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    for (var cell : cells.entrySet()) {
      if (!isZero(cell.getValue())) {
        int day = Party.dayOfCell(cell.getKey(), 0);
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
    }
    return new Days(first, last);
  }

  /** What is to be paid by currency, without postings by hand. */
  SortedMap<String, BigInteger> amounts() {
    SortedMap<String, BigInteger> amounts = new TreeMap<>();
    lines().forEach((line, sums) -> add(amounts, line, sums));
    adjustments.forEach((key, line) -> add(amounts, key.line(), line.delta));
    return amounts;
  }

  private static void add(SortedMap<String, BigInteger> amounts, byte[] line, Measures sums) {
    amounts.merge(currency(line), sums.amount().value(), BigInteger::add);
  }

  boolean isEmpty() {
    return lines().isEmpty() && adjustments.isEmpty();
  }

  Party party() {
    return party;
  }

  /** What a bill shows of a cell is nothing; what a cost was expected to be is not shown. */
  private static boolean isZero(Measures sums) {
    return sums.count().isZero()
        && sums.units().isZero()
        && sums.durationMs().isZero()
        && sums.amount().isZero();
  }

  /** Key of a cell without its day. */
  static byte[] line(byte[] cell) {
    byte[] line = cell.clone();
    int at = 2 + (cell[1] & 0xFF);
    Arrays.fill(line, at, at + Integer.BYTES, (byte) 0);
    return line;
  }

  /** Currency of a line. */
  static String currency(byte[] line) {
    return Cube.ofId(line[0]) == Cube.SALE
        ? SaleCell.decode(line, 0, line.length).currency()
        : CostCell.decode(line, 0, line.length).currency();
  }

  /** Whether a posting's cell lies in the period that it says, for tests and checks. */
  static boolean isOfItsPeriod(Posting posting) {
    return Closings.periodOf(Party.dayOfCell(posting.cell(), 0)).equals(posting.of());
  }
}
