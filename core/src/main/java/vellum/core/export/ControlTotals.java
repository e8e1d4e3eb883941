package vellum.core.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Money;
import vellum.core.billing.Sum;

/**
 * What the rows of a part, or of a whole export, come to: how many, exact sums, amounts apart by
 * currency, earliest and latest time. As JSON:
 *
 * <pre>
 *   {"rows": 2, "sums": {"units": "3"}, "amounts": {"sale_price": {"EUR": "0.052"}},
 *    "earliest": "2026-10-01T00:00:00Z", "latest": "2026-10-01T00:00:01Z"}
 * </pre>
 *
 * Not thread-safe.
 */
public final class ControlTotals {

  private static final int NANO_DIGITS = 9;
  private static final int MICROS = 1_000_000;

  private final SortedMap<String, Sum> sums = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Sum>> amounts = new TreeMap<>();
  private long rows;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  /** What is added to, figure by figure; made by the first row. */
  private FigureSum[] figures = new FigureSum[0];

  /** The same by the value of the column that splits. */
  private final Map<String, FigureSum[]> split = new HashMap<>();

  public long rows() {
    return rows;
  }

  /** Adds a row. */
  void add(Control control, Cells row) {
    rows++;
    if (control.time() >= 0 && row.has(control.time())) {
      earliest = Math.min(earliest, row.number(control.time()));
      latest = Math.max(latest, row.number(control.time()));
    }
    for (FigureSum figure : figures(control, row)) {
      if (figure.ofElements) {
        for (int n = 0; n < row.count(); n++) {
          figure.add(row.element(n));
        }
      } else {
        figure.add(row);
      }
    }
  }

  private FigureSum[] figures(Control control, Cells row) {
    if (control.split() != Control.NONE) {
      String value = text(row, control.split());
      return split.computeIfAbsent(value, any -> figures(control, value + "_"));
    }
    if (figures.length == 0) {
      figures = figures(control, "");
    }
    return figures;
  }

  private FigureSum[] figures(Control control, String prefix) {
    return control.figures().stream()
        .map(figure -> new FigureSum(figure, prefix + figure.name()))
        .toArray(FigureSum[]::new);
  }

  /** Adds up one figure. */
  private final class FigureSum {
    private final String name;
    private final boolean ofElements;
    private final boolean isMoney;
    private final int column;
    private final int currency;

    /** The sum of the currency that came last, which is that of the next one mostly. */
    private @Nullable Sum last;

    private int lastCode;

    FigureSum(Control.Figure figure, String name) {
      this.name = name;
      this.ofElements = figure.ofElements();
      this.isMoney = figure.isMoney();
      this.column = figure.column();
      this.currency = figure.currency();
    }

    void add(Cells cells) {
      if (!cells.has(column)) {
        return;
      }
      // Of numbers, the length is 0.
      boolean isBytes = cells.length(column) != 0;
      long value = isBytes ? 0 : cells.number(column);
      BigInteger big = isBytes ? Amounts.big(cells.array(), cells.start(column)) : BigInteger.ZERO;
      boolean isZero = isBytes ? big.signum() == 0 : value == 0;
      if (isZero && (!isMoney || !cells.has(currency))) {
        if (!isMoney) {
          sum(cells);
        }
        return;
      }
      if (isBytes) {
        sum(cells).add(big);
      } else {
        sum(cells).add(value);
      }
    }

    private Sum sum(Cells cells) {
      int code = isMoney ? code(cells, currency) : 0;
      Sum known = last;
      if (known == null || code != lastCode) {
        known =
            isMoney
                ? amount(name, text(cells, currency))
                : sums.computeIfAbsent(name, any -> new Sum());
        last = known;
        lastCode = code;
      }
      return known;
    }
  }

  /** The three letters of a currency as a number; 0 for none. */
  private static int code(Cells cells, int column) {
    int code = 0;
    if (cells.has(column)) {
      int end = cells.start(column) + cells.length(column);
      for (int i = cells.start(column); i < end; i++) {
        code = code << 8 | cells.array()[i] & 0xFF;
      }
    }
    return code;
  }

  /** A text of ASCII; empty when it is absent. */
  private static String text(Cells cells, int column) {
    return cells.has(column)
        ? new String(
            cells.array(), cells.start(column), cells.length(column), StandardCharsets.US_ASCII)
        : "";
  }

  private Sum amount(String name, String currency) {
    return amounts
        .computeIfAbsent(name, any -> new TreeMap<>())
        .computeIfAbsent(currency, any -> new Sum());
  }

  /** Adds others. */
  public void add(ControlTotals others) {
    rows += others.rows;
    earliest = Math.min(earliest, others.earliest);
    latest = Math.max(latest, others.latest);
    others.sums.forEach((name, sum) -> sums.computeIfAbsent(name, any -> new Sum()).add(sum));
    others.amounts.forEach(
        (name, byCurrency) ->
            byCurrency.forEach((currency, sum) -> amount(name, currency).add(sum)));
  }

  /** Writes them into an object. */
  public void writeTo(ObjectNode node) {
    node.put("rows", rows);
    ObjectNode plain = node.putObject("sums");
    sums.forEach((name, sum) -> plain.put(name, sum.toString()));
    ObjectNode money = node.putObject("amounts");
    for (Map.Entry<String, SortedMap<String, Sum>> one : amounts.entrySet()) {
      ObjectNode byCurrency = money.putObject(one.getKey());
      one.getValue().forEach((code, sum) -> byCurrency.put(code, Money.text(sum.value())));
    }
    if (earliest <= latest) {
      node.put("earliest", time(earliest)).put("latest", time(latest));
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when it is not that
   */
  public static ControlTotals of(JsonNode node) {
    ControlTotals totals = new ControlTotals();
    if (!node.path("rows").canConvertToLong()) {
      throw new IllegalArgumentException("control totals have no number of rows");
    }
    totals.rows = node.path("rows").asLong();
    try {
      for (Map.Entry<String, JsonNode> one : node.path("sums").properties()) {
        Sum sum = new Sum();
        sum.add(new BigInteger(one.getValue().asText()));
        totals.sums.put(one.getKey(), sum);
      }
      for (Map.Entry<String, JsonNode> name : node.path("amounts").properties()) {
        for (Map.Entry<String, JsonNode> one : name.getValue().properties()) {
          totals.amount(name.getKey(), one.getKey()).add(nanos(one.getValue()));
        }
      }
      if (node.has("earliest")) {
        totals.earliest = micros(node.path("earliest").asText());
        totals.latest = micros(node.path("latest").asText());
      }
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException("control totals are not in their form", e);
    }
    return totals;
  }

  private static BigInteger nanos(JsonNode amount) {
    return new BigDecimal(amount.asText()).movePointRight(NANO_DIGITS).toBigIntegerExact();
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static long micros(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ControlTotals totals
        && rows == totals.rows
        && earliest == totals.earliest
        && latest == totals.latest
        && sums.equals(totals.sums)
        && amounts.equals(totals.amounts);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(rows) * 31 + amounts.hashCode();
  }
}
