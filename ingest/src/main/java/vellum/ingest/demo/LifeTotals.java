package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import vellum.ingest.endpoint.ServerCalls;

/**
 * The totals of a month as the server answers them, of both cubes.
 *
 * @param rows of the sale cube, then of the cost cube, as the server orders them
 */
record LifeTotals(List<JsonNode> rows) {

  static final LifeTotals NONE = new LifeTotals(List.of());

  private static final String SALE = "account,channel,direction,country,mcc_mnc,status_group,day";
  private static final String COST = "supplier,connection,route,mcc_mnc,status_group,day";

  LifeTotals {
    rows = List.copyOf(rows);
  }

  static LifeTotals of(ServerCalls calls, YearMonth month) {
    List<JsonNode> rows = new ArrayList<>();
    read(calls, month, "&by=" + SALE, rows);
    read(calls, month, "&cube=cost&by=" + COST, rows);
    return new LifeTotals(rows);
  }

  /** Of one account alone, so of the sale cube. */
  static LifeTotals of(ServerCalls calls, YearMonth month, String account) {
    List<JsonNode> rows = new ArrayList<>();
    read(calls, month, "&by=" + SALE + "&account=" + ServerCalls.encoded(account), rows);
    return new LifeTotals(rows);
  }

  private static void read(ServerCalls calls, YearMonth month, String more, List<JsonNode> rows) {
    String path =
        "/v1/billing/totals?from=" + month.atDay(1) + "&to=" + month.plusMonths(1).atDay(1) + more;
    calls.get(path).path("rows").forEach(rows::add);
  }

  private static boolean isSale(JsonNode row) {
    return row.has("account");
  }

  /** Records. */
  long count() {
    return rows.stream()
        .filter(LifeTotals::isSale)
        .mapToLong(row -> row.path("count").asLong())
        .sum();
  }

  /** What accounts are charged in a currency. */
  BigInteger sale(String currency) {
    return sum(currency, "amount_nanos");
  }

  /** Units that accounts are charged for in a currency. */
  BigInteger units(String currency) {
    return sum(currency, "units");
  }

  private BigInteger sum(String currency, String field) {
    return rows.stream()
        .filter(row -> isSale(row) && row.path("currency").asText().equals(currency))
        .map(row -> new BigInteger(row.path(field).asText()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
