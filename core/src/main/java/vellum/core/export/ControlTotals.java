package vellum.core.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private static final String NO_CURRENCY = "";

  private final SortedMap<String, Sum> sums = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Sum>> amounts = new TreeMap<>();
  private long rows;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  private int lastCode;
  private String lastCurrency = NO_CURRENCY;

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
    for (int i = 0; i < control.figures().size(); i++) {
      Control.Figure figure = control.figures().get(i);
      if (figure.ofElements()) {
        for (int n = 0; n < row.count(); n++) {
          add(figure, row.element(n));
        }
      } else {
        add(figure, row);
      }
    }
  }

  private void add(Control.Figure figure, Cells cells) {
    int column = figure.column();
    if (!cells.has(column)) {
      return;
    }
    if (figure.isMoney() && !cells.has(figure.currency()) && isZero(cells, column)) {
      return;
    }
    Sum sum =
        figure.isMoney()
            ? amount(figure.name(), currency(cells, figure.currency()))
            : sums.computeIfAbsent(figure.name(), any -> new Sum());
    if (cells.columns().get(column).type().isBytes()) {
      sum.add(Digits.big(cells.array(), cells.start(column)));
    } else {
      sum.add(cells.number(column));
    }
  }

  private static boolean isZero(Cells cells, int column) {
    return cells.columns().get(column).type().isBytes()
        ? Digits.big(cells.array(), cells.start(column)).signum() == 0
        : cells.number(column) == 0;
  }

  /** Makes no new text for the currency that the last row had. */
  private String currency(Cells cells, int column) {
    if (!cells.has(column)) {
      return NO_CURRENCY;
    }
    int code = 0;
    int end = cells.start(column) + cells.length(column);
    for (int i = cells.start(column); i < end; i++) {
      code = code << 8 | cells.array()[i] & 0xFF;
    }
    if (code != lastCode) {
      lastCode = code;
      lastCurrency =
          new String(
              cells.array(), cells.start(column), cells.length(column), StandardCharsets.US_ASCII);
    }
    return lastCurrency;
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
      one.getValue().forEach((code, sum) -> byCurrency.put(code, Digits.money(sum.value())));
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
      node.path("sums")
          .fields()
          .forEachRemaining(
              sum -> {
                Sum read = new Sum();
                read.add(new BigInteger(sum.getValue().asText()));
                totals.sums.put(sum.getKey(), read);
              });
      node.path("amounts")
          .fields()
          .forEachRemaining(
              name ->
                  name.getValue()
                      .fields()
                      .forEachRemaining(
                          sum ->
                              totals
                                  .amount(name.getKey(), sum.getKey())
                                  .add(nanos(sum.getValue()))));
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
