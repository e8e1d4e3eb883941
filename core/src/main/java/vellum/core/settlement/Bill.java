package vellum.core.settlement;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.billing.CellSink;
import vellum.core.billing.Measures;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;

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

  static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  private final Party party;
  private final YearMonth period;
  private final long position;
  private final TreeMap<byte[], Measures> cells = new TreeMap<>(BYTES);
  private final TreeMap<BillLines.Adjusted, BillLines.Adjustment> adjustments = new TreeMap<>();

  Bill(Party party, YearMonth period, long position) {
    this.party = party;
    this.period = period;
    this.position = position;
  }

  /** Adds some of a cell of the period. */
  void cell(byte[] key, int offset, int length, Measures measures) {
    of(Arrays.copyOfRange(key, offset, offset + length)).add(measures);
  }

  /** Takes out an adjustment of the period unless it stands here; whether it does not. */
  boolean adjustmentOf(Posting posting) {
    boolean isElsewhere = posting.origin().sequence() > position || !posting.to().equals(period);
    if (isElsewhere) {
      of(posting.cell()).subtract(posting.delta());
    }
    return isElsewhere;
  }

  /** Puts down an adjustment of another period that stands here. */
  void adjustmentTo(Posting posting) {
    if (standsOn(posting, period, position)) {
      BillLines.Adjusted key =
          new BillLines.Adjusted(posting.of(), posting.cause().reason(), line(posting.cell()));
      BillLines.Adjustment line =
          adjustments.computeIfAbsent(key, any -> new BillLines.Adjustment());
      line.delta.add(posting.delta());
      line.postings++;
    }
  }

  /** Whether an adjustment that was posted to a period stands on its bill as of a sequence. */
  static boolean standsOn(Posting posting, YearMonth period, long position) {
    return posting.origin().sequence() <= position && !posting.of().equals(period);
  }

  /** Hands out the cells that the charge lines are sums of, day by day. */
  void cells(CellSink sink) {
    cells.forEach((cell, sums) -> sink.cell(cell, 0, cell.length, sums));
  }

  private Measures of(byte[] cell) {
    return cells.computeIfAbsent(cell, any -> new Measures());
  }

  /** What the bill comes to, once all is put down. */
  BillLines lines() {
    SortedMap<byte[], Measures> lines = new TreeMap<>(BYTES);
    cells.forEach(
        (cell, sums) -> lines.computeIfAbsent(line(cell), any -> new Measures()).add(sums));
    lines.values().removeIf(Bill::isZero);
    return new BillLines(lines, adjustments, days());
  }

  BillLines.Days days() {
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    for (var cell : cells.entrySet()) {
      if (!isZero(cell.getValue())) {
        int day = Party.dayOfCell(cell.getKey(), 0);
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
    }
    return new BillLines.Days(first, last);
  }

  Party party() {
    return party;
  }

  YearMonth period() {
    return period;
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
}
