package vellum.ingest.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.oracle.DuckTotals;
import vellum.ingest.oracle.Tally;

/**
 * Asks a node for totals as its users do: random days, groups and filters, and compares the answers
 * with the oracle's. For one thread.
 */
final class OracleAnswers {

  private static final int QUESTIONS = 6;
  private static final LocalDate FIRST = LocalDate.of(2025, 10, 1);
  private static final LocalDate FIRST_AFTER_EXPIRY = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 140;

  private final OracleRig rig;
  private final Random random;
  private int questions;
  private long rows;

  OracleAnswers(OracleRig rig, Random random) {
    this.rig = rig;
    this.random = random;
  }

  /** Some questions about the records that there are still. */
  void agree(String where) throws SQLException {
    boolean isExpired = rig.stage("2025-11.default").equals("EXPIRED");
    LocalDate first = isExpired ? FIRST_AFTER_EXPIRY : FIRST;
    ask("sale", first, first.plusDays(DAYS), List.of("account", "channel", "mcc_mnc"), "", where);
    for (int i = 0; i < QUESTIONS; i++) {
      String cube = random.nextBoolean() ? "sale" : "cost";
      LocalDate from = first.plusDays(random.nextInt(DAYS));
      LocalDate to = from.plusDays(1 + random.nextInt(DAYS));
      ask(cube, from, to, some(cube), filter(cube), where);
    }
  }

  private List<String> some(String cube) {
    List<String> all = new ArrayList<>(cube.equals("sale") ? DuckTotals.SALE : DuckTotals.COST);
    all.add("month");
    all.removeIf(any -> random.nextInt(3) > 0);
    return all;
  }

  /** A dimension and a value, or nothing. */
  private String filter(String cube) {
    return switch (random.nextInt(5)) {
      case 0 -> "channel=SMS";
      case 1 -> "status_group=DELIVERED";
      case 2 -> cube.equals("sale") ? "account=acct-00002" : "supplier=carrier-03";
      case 3 -> "currency=USD";
      default -> "";
    };
  }

  private void ask(
      String cube, LocalDate from, LocalDate to, List<String> by, String filter, String where)
      throws SQLException {
    // Amounts of two currencies are never added: the answer has the column, asked for or not.
    Set<String> columns = new LinkedHashSet<>(by);
    columns.add("currency");
    String condition =
        where
            + " AND day >= '%s' AND day < '%s'".formatted(from, to)
            + (filter.isEmpty() ? "" : " AND " + filter.replace("=", " = '") + "'");
    SortedMap<String, Tally> expected =
        cube.equals("sale")
            ? rig.duck.sale(List.copyOf(columns), condition)
            : rig.duck.cost(List.copyOf(columns), condition);
    String query =
        "/v1/billing/totals?cube="
            + cube
            + "&from="
            + from
            + "&to="
            + to
            + "&by="
            + ServerCalls.encoded(String.join(",", columns))
            + (filter.isEmpty() ? "" : "&" + filter);
    OracleCheck.same(query, expected, sums(rig.calls().get(query), columns));
    questions++;
    rows += expected.size();
  }

  private static SortedMap<String, Tally> sums(JsonNode answer, Set<String> columns) {
    SortedMap<String, Tally> sums = new TreeMap<>();
    for (JsonNode row : answer.path("rows")) {
      List<String> key = new ArrayList<>();
      columns.forEach(column -> key.add(row.path(column).textValue()));
      sums.put(
          String.join("|", key),
          new Tally(
              whole(row, "count"),
              whole(row, "units"),
              whole(row, "duration_ms"),
              whole(row, "amount_nanos"),
              whole(row, "expected_cost_nanos")));
    }
    return sums;
  }

  private static BigInteger whole(JsonNode row, String column) {
    String text = row.path(column).asText();
    return text.isEmpty() ? BigInteger.ZERO : new BigInteger(text);
  }

  String summary() {
    return questions + " questions with " + rows + " rows";
  }
}
