package vellum.core.retention;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.billing.CellKeys;
import vellum.core.billing.RowCells;
import vellum.core.billing.Sum;
import vellum.core.period.ArchiveMonth;
import vellum.core.period.LiveMonth;
import vellum.core.period.Month;
import vellum.core.record.Sha256;
import vellum.core.store.Row;
import vellum.core.store.Scan;

/**
 * What the records of a period come to, per account and currency: records, units, sale, cost and
 * what the legs cost, in exact 128-bit sums. Computed from rows, sealed or stripped alike, so that
 * totals before and after a strip can be compared. Not thread-safe. Memory grows with accounts and
 * their currencies, not with records.
 */
public final class Totals {

  private static final String TAB = "\t";

  /** Account → currency, or empty for what has none → sums. */
  private final SortedMap<String, SortedMap<String, Line>> accounts = new TreeMap<>();

  private final Sum records = new Sum();

  /** The account of the last row: rows of one account lie together. */
  private byte[] lastAccount = new byte[0];

  private SortedMap<String, Line> lastLines = new TreeMap<>();

  /** The lines that the last row counted in: most rows of an account have one currency. */
  private Line lastCounted = new Line();

  private Line lastLine = lastCounted;
  private int lastCurrency;

  /** The totals of a whole month, live or archived, as of now: reads all its rows. */
  public static Totals of(Month month) {
    Totals totals = new Totals();
    Row row = new Row();
    RowCells cells = new RowCells();
    byte[] from = {0};
    try (Scan scan =
        month instanceof LiveMonth live
            ? live.scanRecords(from)
            : ((ArchiveMonth) month).scanRecords(from)) {
      while (scan.next(row)) {
        totals.add(cells.read(row.value(), 0, row.valueLength(), month.second(row.key(), 0)));
      }
    }
    return totals;
  }

  /** Adds what a row comes to, sealed or stripped. */
  public void add(RowCells row) {
    find(row);
    lastCounted.records.add(1);
    records.add(1);
    Line rated = line(row.currency(0));
    rated.units.add(row.units(0));
    rated.sale.add(row.amount(0));
    rated.cost.add(row.expectedCost(0));
    for (int leg = 1; leg < row.size(); leg++) {
      Line line = line(row.currency(leg));
      line.legUnits.add(row.units(leg));
      line.legCost.add(row.amount(leg));
    }
  }

  /** Goes to the lines of a row's account. */
  private void find(RowCells row) {
    int offset = row.keyOffset(0);
    int from = CellKeys.partyOffset(offset);
    int to = from + CellKeys.partyLength(row.keys(), offset);
    if (!Arrays.equals(lastAccount, 0, lastAccount.length, row.keys(), from, to)) {
      lastAccount = Arrays.copyOfRange(row.keys(), from, to);
      lastLines =
          accounts.computeIfAbsent(
              new String(lastAccount, StandardCharsets.UTF_8), any -> new TreeMap<>());
      lastCounted = line(lastLines, "");
      lastLine = lastCounted;
      lastCurrency = 0;
    }
  }

  private Line line(int currency) {
    if (currency != lastCurrency) {
      lastLine = line(lastLines, RowCells.currencyText(currency));
      lastCurrency = currency;
    }
    return lastLine;
  }

  private static Line line(SortedMap<String, Line> lines, String currency) {
    Line line = lines.get(currency);
    if (line == null) {
      line = new Line();
      lines.put(currency, line);
    }
    return line;
  }

  /** Adds all of another's. */
  public void add(Totals other) {
    other.accounts.forEach(
        (account, lines) ->
            lines.forEach(
                (currency, line) ->
                    line(accounts.computeIfAbsent(account, any -> new TreeMap<>()), currency)
                        .add(line)));
    records.add(other.records);
  }

  public long records() {
    return records.value().longValueExact();
  }

  /** Lines of the form {@code currency records units sale cost legUnits legCost}, all accounts. */
  public List<String> byCurrency() {
    SortedMap<String, Line> sums = new TreeMap<>();
    accounts
        .values()
        .forEach(lines -> lines.forEach((currency, line) -> line(sums, currency).add(line)));
    return sums.entrySet().stream()
        .map(sum -> (sum.getKey().isEmpty() ? "-" : sum.getKey()) + " " + sum.getValue())
        .toList();
  }

  /** What customers are charged in a currency, in nanos of its unit. */
  public BigInteger saleNanos(String currency) {
    Sum sum = new Sum();
    for (Map<String, Line> lines : accounts.values()) {
      Line line = lines.get(currency);
      if (line != null) {
        sum.add(line.sale);
      }
    }
    return sum.value();
  }

  /** SHA-256 over all {@link #lines}, in hexadecimal: equal totals have equal digests. */
  public String digest() {
    return Sha256.hex(String.join("\n", lines()).getBytes(StandardCharsets.UTF_8));
  }

  /** A line for each account and currency: currency or nothing, the six sums, account; by tabs. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    accounts.forEach(
        (account, ofAccount) ->
            ofAccount.forEach(
                (currency, line) ->
                    lines.add(currency + TAB + line.toString().replace(" ", TAB) + TAB + account)));
    return lines;
  }

  /** Reads what {@link #lines} wrote. */
  static Totals parse(List<String> lines) {
    Totals totals = new Totals();
    for (String text : lines) {
      String[] parts = text.split(TAB, 8);
      Line line = line(totals.accounts.computeIfAbsent(parts[7], any -> new TreeMap<>()), parts[0]);
      for (int i = 0; i < line.sums().size(); i++) {
        line.sums().get(i).add(new BigInteger(parts[i + 1]));
      }
      totals.records.add(line.records);
    }
    return totals;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Totals totals && accounts.equals(totals.accounts);
  }

  @Override
  public int hashCode() {
    return accounts.hashCode();
  }

  @Override
  public String toString() {
    return byCurrency().toString();
  }

  /** The sums of one account and currency. Records count in the line without a currency. */
  private static final class Line {
    private final Sum records = new Sum();
    private final Sum units = new Sum();
    private final Sum sale = new Sum();
    private final Sum cost = new Sum();
    private final Sum legUnits = new Sum();
    private final Sum legCost = new Sum();

    private List<Sum> sums() {
      return List.of(records, units, sale, cost, legUnits, legCost);
    }

    void add(Line other) {
      for (int i = 0; i < sums().size(); i++) {
        sums().get(i).add(other.sums().get(i));
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Line line && sums().equals(line.sums());
    }

    @Override
    public int hashCode() {
      return sums().hashCode();
    }

    @Override
    public String toString() {
      return String.join(" ", sums().stream().map(Sum::toString).toList());
    }
  }
}
