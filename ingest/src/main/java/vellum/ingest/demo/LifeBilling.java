package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import vellum.core.billing.Money;
import vellum.ingest.endpoint.ServerCalls;

/**
 * The bills of {@link LifeDemo}: a month is closed while it is live and its statement is made again
 * when it is archived, a late record becomes an adjustment, other prices are tried, and a record
 * without a price comes out of suspense. For one thread.
 */
final class LifeBilling {

  private static final YearMonth MARCH = LifeDemo.MARCH;
  private static final long LATE_NANOS = 2_345_678;
  private static final long UNIT_PRICE_NANOS = 12_500_000;
  private static final long MISSING_NANOS = 45_000_000;
  private static final int SHORT = 16;

  private final DemoReport report;
  private final ServerCalls calls;
  private final LifeTraffic traffic;
  private String statement = "";
  private String digest = "";
  private LifeTotals live = LifeTotals.NONE;

  LifeBilling(DemoReport report, ServerCalls calls, LifeTraffic traffic) {
    this.report = report;
    this.calls = calls;
    this.traffic = traffic;
  }

  /** While the month is live: its bill, and what comes too late for it. */
  void marchIsClosed() {
    report.step("March is billed: its statement never changes, what comes late is an adjustment");
    String currency = traffic.watchedCurrency();
    DemoTotals records = traffic.totals(calls, MARCH);
    LifeTotals totals = LifeTotals.of(calls, MARCH);
    report.check(
        "totals are what the records come to, one by one",
        totals.sale(currency).equals(records.saleNanos(currency))
            && totals.count() == records.records(),
        "%,d records, %s %s"
            .formatted(totals.count(), Money.shown(totals.sale(currency)), currency));
    close();
    traffic.lateRecord(LATE_NANOS);
    JsonNode april = calls.get(statementOf(MARCH.plusMonths(1)) + "&preview=true");
    report.check(
        "a record that came late is an adjustment on April's bill",
        isTheAdjustment(april.path("statement").path("adjustments")),
        Money.shown(BigInteger.valueOf(LATE_NANOS)) + " " + currency + ", LATE_RECORD of " + MARCH);
    report.check(
        "March's statement is what it was",
        shown().path("text").asText().equals(statement),
        "sha-256 " + digest.substring(0, SHORT));
    live = LifeTotals.of(calls, MARCH);
  }

  private void close() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("account", traffic.account());
    JsonNode closed =
        calls.post("/v1/billing/periods/" + MARCH + "/close", body).path("results").path(0);
    JsonNode shown = shown();
    statement = shown.path("text").asText();
    digest = shown.path("digest").asText();
    report.check(
        MARCH + " is closed for " + traffic.account(),
        closed.path("outcome").asText().equals("CLOSED") && digest.length() > SHORT,
        shown.path("statement").path("lines").size() + " lines, " + closed.path("total").asText());
  }

  private JsonNode shown() {
    return calls.get(statementOf(MARCH));
  }

  private String statementOf(YearMonth month) {
    return "/v1/billing/periods/" + month + "?account=" + ServerCalls.encoded(traffic.account());
  }

  private static boolean isTheAdjustment(JsonNode adjustments) {
    JsonNode one = adjustments.path(0);
    return adjustments.size() == 1
        && one.path("record_period").asText().equals(MARCH.toString())
        && one.path("reason").asText().equals("LATE_RECORD")
        && one.path("amount_nanos").asText().equals(Long.toString(LATE_NANOS));
  }

  /** After the strip: the same totals, from rows without identities. */
  void totalsStayed() {
    LifeTotals archived = LifeTotals.of(calls, MARCH);
    report.check(
        "total list answers the same, cell by cell",
        !live.rows().isEmpty() && archived.equals(live),
        "%,d rows of both cubes".formatted(archived.rows().size()));
  }

  /** After the strip, and after a late rating. */
  void statementIsMadeAgain() {
    report.step("The archive makes March's statement again, and tries other prices");
    JsonNode verified =
        calls.get(
            "/v1/billing/periods/"
                + MARCH
                + "/verify?account="
                + ServerCalls.encoded(traffic.account()));
    report.check(
        "period verify: byte for byte the same, without identities",
        verified.path("good").asBoolean()
            && verified.path("digest_again").asText().equals(digest)
            && shown().path("text").asText().equals(statement),
        "sha-256 " + verified.path("digest_again").asText());
    rerate();
  }

  private void rerate() {
    String currency = traffic.watchedCurrency();
    LifeTotals before = LifeTotals.of(calls, MARCH);
    LifeTotals mine = LifeTotals.of(calls, MARCH, traffic.account());
    String rates =
        "mcc_mnc,channel,traffic_type,unit_price,currency\n*,*,*,%s,%s\n"
            .formatted(Money.text(BigInteger.valueOf(UNIT_PRICE_NANOS)), currency);
    String query =
        "account=%s&from=%s&to=%s"
            .formatted(
                ServerCalls.encoded(traffic.account()),
                MARCH.atDay(1),
                MARCH.plusMonths(1).atDay(1));
    JsonNode begun =
        calls.post(
            "/v1/billing/rerate?" + query, "text/csv", rates.getBytes(StandardCharsets.UTF_8));
    String path = "/v1/billing/rerate/" + begun.path("id").asText();
    boolean done = LifeCalls.await(() -> calls.get(path).path("state").asText().equals("DONE"));
    JsonNode groups = calls.get(path).path("report").path("groups");
    BigInteger old = sum(groups, "old_amount_nanos");
    BigInteger fresh = sum(groups, "new_amount_nanos");
    BigInteger expected = mine.units(currency).multiply(BigInteger.valueOf(UNIT_PRICE_NANOS));
    report.check(
        "a dry run of another price: old, new and difference to the nano",
        done
            && old.equals(mine.sale(currency))
            && fresh.equals(expected)
            && sum(groups, "difference_nanos").equals(expected.subtract(old)),
        "%s, then %s, difference %s %s"
            .formatted(
                Money.shown(old), Money.shown(fresh), Money.shown(fresh.subtract(old)), currency));
    report.check("a dry run changes nothing", LifeTotals.of(calls, MARCH).equals(before), "");
  }

  private static BigInteger sum(JsonNode groups, String field) {
    BigInteger sum = BigInteger.ZERO;
    for (JsonNode group : groups) {
      sum = sum.add(new BigInteger(group.path(field).asText()));
    }
    return sum;
  }

  /** A record that nobody priced: held back, corrected, counted. */
  void suspenseIsRecycled(YearMonth month) {
    report.step("A record without a price is held in suspense, corrected and recycled");
    String currency = traffic.watchedCurrency();
    LifeTotals before = LifeTotals.of(calls, month);
    traffic.unpriced(month);
    JsonNode held = calls.get("/v1/suspense");
    report.check(
        "in suspense, and in no total",
        held.path("rows").size() == 1
            && held.path("rows").path(0).path("code").asText().equals("MISSING_PRICE")
            && LifeTotals.of(calls, month).equals(before),
        held.path("rows").path(0).path("code").asText());
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("code", "MISSING_PRICE").put("dry_run", false);
    body.putObject("set")
        .put("rating.currency", currency)
        .put("rating.sale_price_nanos", Long.toString(MISSING_NANOS));
    long recycled = calls.post("/v1/suspense/recycle", body).path("recycled").asLong();
    LifeTotals after = LifeTotals.of(calls, month);
    report.check(
        "recycled with its price: once, and in the totals",
        recycled == 1
            && calls.get("/v1/suspense").path("rows").isEmpty()
            && after.count() == before.count() + 1
            && after.sale(currency).subtract(before.sale(currency)).longValue() == MISSING_NANOS,
        "+" + Money.shown(BigInteger.valueOf(MISSING_NANOS)) + " " + currency);
  }
}
