package vellum.core.settlement;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CostCell;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.Money;
import vellum.core.billing.SaleCell;
import vellum.v1.Channel;
import vellum.v1.Direction;
import vellum.v1.StatusGroup;
import vellum.v1.TrafficType;

/**
 * The text of a statement, format 1: {@link CanonicalJson}, so that one bill has one text.
 *
 * <pre>{@code
 * format      "vellum statement 1"
 * party_kind  "account" or "supplier"; party, period, zones, revision, closed_at
 * position    journal sequence of the last message that it has
 * lines       charges by dimensions: line (from 1), dimensions, count, units, duration_ms, amount
 * adjustments of other periods, by record_period, reason and dimensions; postings: how many
 * manual      postings by hand: number, kind, reason, amount, currency, ...
 * control     of the lines: earliest_day, latest_day, earliest_time, latest_time, count, units,
 *             duration_ms, charges by currency
 * totals      by currency: charges, adjustments, manual, and their sum, total
 * }</pre>
 *
 * Amounts are exact decimals, and in billionths ({@code amount_nanos}, a text: it may have more
 * digits than a number in JSON is safe with). A supplier's statement has no durations: legs have
 * none. Times are {@link Closing.Times}: starts of records, as they were at the closing; without
 * them is what an earlier version closed.
 */
final class StatementText {

  static final String FORMAT = "vellum statement 1";

  private StatementText() {}

  /** The bytes of the statement of a closing. */
  static byte[] of(
      Closing closing, BillLines bill, Closing.@Nullable Times times, List<ManualPosting> manual) {
    Cube cube = closing.party().cube();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("party_kind", cube == Cube.SALE ? "account" : "supplier");
    root.put("party", closing.party().id());
    root.put("period", closing.period().toString());
    root.put("zones", closing.zones());
    root.put("revision", closing.revision());
    root.put("closed_at", closing.at().toString());
    root.put("position", closing.position());
    root.put("lines", lines(bill));
    root.put("adjustments", adjustments(bill));
    root.put("manual", manual.stream().map(StatementText::manual).toList());
    root.put("control", control(bill, times, cube));
    root.put("totals", totals(bill, manual));
    return CanonicalJson.write(root);
  }

  private static List<Map<String, Object>> lines(BillLines bill) {
    List<Map<String, Object>> lines = new ArrayList<>();
    bill.charges()
        .forEach(
            (key, sums) -> {
              Map<String, Object> line = dimensions(key);
              line.put("line", lines.size() + 1);
              measures(line, sums, Cube.ofId(key[0]));
              lines.add(line);
            });
    return lines;
  }

  private static List<Map<String, Object>> adjustments(BillLines bill) {
    List<Map<String, Object>> lines = new ArrayList<>();
    bill.adjustments()
        .forEach(
            (key, adjustment) -> {
              Map<String, Object> line = dimensions(key.line());
              line.put("record_period", key.of().toString());
              line.put("reason", key.reason().name());
              line.put("postings", adjustment.postings);
              measures(line, adjustment.delta, Cube.ofId(key.line()[0]));
              lines.add(line);
            });
    return lines;
  }

  private static Map<String, Object> manual(ManualPosting posting) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("number", posting.number());
    line.put("kind", posting.kind().name());
    line.put("reason", posting.reason());
    line.put("at", posting.at().toString());
    line.put("currency", posting.currency());
    amount(line, "amount", posting.nanos());
    ManualPosting.Reference about = posting.reference();
    if (about != null && about.record() != null) {
      line.put("record", about.record());
    }
    if (about != null && about.line() != null) {
      line.put("statement_line", about.line());
    }
    if (about != null && about.reverses() > 0) {
      line.put("reverses", about.reverses());
    }
    return line;
  }

  private static Map<String, Object> control(
      BillLines bill, Closing.@Nullable Times times, Cube cube) {
    Map<String, Object> control = new LinkedHashMap<>();
    BillLines.Days days = bill.days();
    control.put("earliest_day", days.isEmpty() ? "" : day(days.first()));
    control.put("latest_day", days.isEmpty() ? "" : day(days.last()));
    if (times != null) {
      control.put("earliest_time", times.earliest());
      control.put("latest_time", times.latest());
    }
    Measures all = new Measures();
    SortedMap<String, Measures> charges = new TreeMap<>();
    bill.charges()
        .forEach(
            (key, sums) -> {
              all.add(sums);
              charges.computeIfAbsent(BillLines.currency(key), any -> new Measures()).add(sums);
            });
    counts(control, all, cube);
    List<Map<String, Object>> byCurrency = new ArrayList<>();
    charges.forEach(
        (currency, sums) -> {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("currency", currency);
          measures(line, sums, cube);
          byCurrency.add(line);
        });
    control.put("charges", byCurrency);
    return control;
  }

  private static String day(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  private static List<Map<String, Object>> totals(BillLines bill, List<ManualPosting> manual) {
    SortedMap<String, BigInteger[]> sums = new TreeMap<>();
    bill.charges()
        .forEach((key, line) -> add(sums, BillLines.currency(key), 0, line.amount().value()));
    bill.adjustments()
        .forEach(
            (key, line) ->
                add(sums, BillLines.currency(key.line()), 1, line.delta.amount().value()));
    manual.forEach(posting -> add(sums, posting.currency(), 2, posting.nanos()));
    List<Map<String, Object>> totals = new ArrayList<>();
    sums.forEach(
        (currency, parts) -> {
          if (!currency.isEmpty()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("currency", currency);
            amount(line, "charges", parts[0]);
            amount(line, "adjustments", parts[1]);
            amount(line, "manual", parts[2]);
            amount(line, "total", parts[0].add(parts[1]).add(parts[2]));
            totals.add(line);
          }
        });
    return totals;
  }

  private static void add(
      SortedMap<String, BigInteger[]> sums, String currency, int part, BigInteger nanos) {
    BigInteger[] parts =
        sums.computeIfAbsent(
            currency, any -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO});
    parts[part] = parts[part].add(nanos);
  }

  /** What is to be paid by currency, out of a bill and what was posted by hand. */
  static SortedMap<String, String> payable(BillLines bill, List<ManualPosting> manual) {
    SortedMap<String, BigInteger> sums = bill.amounts();
    manual.forEach(posting -> sums.merge(posting.currency(), posting.nanos(), BigInteger::add));
    SortedMap<String, String> texts = new TreeMap<>();
    sums.forEach(
        (currency, nanos) -> {
          if (!currency.isEmpty()) {
            texts.put(currency, Money.text(nanos));
          }
        });
    return texts;
  }

  /** The dimensions of a line; of what a record does not say, an empty text. */
  static Map<String, Object> dimensions(byte[] line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (Cube.ofId(line[0]) == Cube.SALE) {
      SaleCell cell = SaleCell.decode(line, 0, line.length);
      fields.put("channel", name(Channel.forNumber(cell.channel()), cell.channel()));
      fields.put("direction", name(Direction.forNumber(cell.direction()), cell.direction()));
      fields.put(
          "traffic_type", name(TrafficType.forNumber(cell.trafficType()), cell.trafficType()));
      fields.put("country", cell.country());
      fields.put("mcc_mnc", cell.mccMnc());
      fields.put(
          "status_group", name(StatusGroup.forNumber(cell.statusGroup()), cell.statusGroup()));
      fields.put("currency", cell.currency());
    } else {
      CostCell cell = CostCell.decode(line, 0, line.length);
      fields.put("connection", cell.connection());
      fields.put("route", cell.route());
      fields.put("mcc_mnc", cell.mccMnc());
      fields.put("channel", name(Channel.forNumber(cell.channel()), cell.channel()));
      fields.put(
          "status_group", name(StatusGroup.forNumber(cell.statusGroup()), cell.statusGroup()));
      fields.put("currency", cell.currency());
    }
    return fields;
  }

  /** The name of a number; the number itself when this version has no name for it. */
  private static String name(@Nullable Enum<?> named, int number) {
    if (named == null) {
      return Integer.toString(number);
    }
    return number == 0 ? "" : named.name();
  }

  private static void measures(Map<String, Object> line, Measures sums, Cube cube) {
    counts(line, sums, cube);
    amount(line, "amount", sums.amount().value());
  }

  private static void counts(Map<String, Object> line, Measures sums, Cube cube) {
    line.put("count", sums.count().value());
    line.put("units", sums.units().value());
    if (cube == Cube.SALE) {
      line.put("duration_ms", sums.durationMs().value());
    }
  }

  private static void amount(Map<String, Object> line, String name, BigInteger nanos) {
    line.put(name, Money.text(nanos));
    line.put(name + "_nanos", nanos.toString());
  }
}
