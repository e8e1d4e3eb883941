package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import vellum.ingest.oracle.Tally;

/**
 * Periods that are closed while records still come for them: what was billed stays as it is, to the
 * byte, and all bills together are what the oracle sums. For one thread.
 */
final class OracleClosings {

  /** All months of billing days that records of the three months can have. */
  private static final List<String> PERIODS =
      List.of("2025-10", "2025-11", "2025-12", "2026-01", "2026-02");

  private final OracleRig rig;

  /** Digest of the statement by period and party. */
  private final Map<String, String> closed = new HashMap<>();

  private int bills;

  OracleClosings(OracleRig rig) {
    this.rig = rig;
  }

  /**
   * Closes a period for everybody; who had nothing to be adjusted is billed what the oracle sums.
   */
  void close(String period) {
    for (String all : List.of("accounts", "suppliers")) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("all", all);
      JsonNode done = rig.calls().post("/v1/billing/periods/" + period + "/close", body);
      for (JsonNode one : done.path("results")) {
        assertThat(one.path("outcome").asText()).as(one.toString()).isEqualTo("CLOSED");
        closed.put(
            period + " " + one.path("kind").asText() + "=" + one.path("party").asText(),
            one.path("digest").asText());
      }
    }
    assertThat(closed.keySet().stream().filter(key -> key.startsWith(period)).count())
        .as("statements of " + period)
        .isGreaterThan(50);
  }

  /** Every statement is made again, out of records and postings, to the same byte. */
  void areReproduced() {
    closed.forEach(
        (key, digest) -> {
          String[] parts = key.split(" ", 2);
          JsonNode found =
              rig.calls().get("/v1/billing/periods/" + parts[0] + "/verify?" + parts[1]);
          assertThat(found.path("good").asBoolean()).as(found.toString()).isTrue();
          assertThat(found.path("stored_digest").asText()).as(key).isEqualTo(digest);
        });
  }

  /** All bills of a party together are what its records come to, by currency. */
  void addUp() throws SQLException {
    addUp("account", rig.duck.sale(List.of("account", "currency"), "currency <> ''"));
    addUp("supplier", rig.duck.cost(List.of("supplier", "currency"), "currency <> ''"));
    assertThat(rig.duck.sale(List.of("month"), "true").keySet()).isSubsetOf(PERIODS);
  }

  private void addUp(String kind, SortedMap<String, Tally> expected) {
    TreeSet<String> parties = new TreeSet<>();
    expected.keySet().forEach(key -> parties.add(key.substring(0, key.indexOf('|'))));
    SortedMap<String, BigInteger> sums = new TreeMap<>();
    expected.forEach((key, sum) -> sums.put(key, sum.amount()));
    SortedMap<String, BigInteger> billed = new TreeMap<>();
    for (String party : parties) {
      for (String period : PERIODS) {
        bill(kind, party, period)
            .forEach(
                (currency, nanos) -> billed.merge(party + "|" + currency, nanos, BigInteger::add));
        bills++;
      }
    }
    sums.values().removeIf(sum -> sum.signum() == 0);
    billed.values().removeIf(sum -> sum.signum() == 0);
    assertThat(billed).as("bills of all periods by %s and currency", kind).isEqualTo(sums);
  }

  private Map<String, BigInteger> bill(String kind, String party, String period) {
    boolean isClosed = closed.containsKey(period + " " + kind + "=" + party);
    JsonNode shown =
        rig.calls()
            .get(
                "/v1/billing/periods/"
                    + period
                    + "?"
                    + kind
                    + "="
                    + party
                    + (isClosed ? "" : "&preview=true"));
    Map<String, BigInteger> totals = new HashMap<>();
    for (JsonNode line : shown.path("statement").path("totals")) {
      totals.put(line.path("currency").asText(), new BigInteger(line.path("total_nanos").asText()));
    }
    return totals;
  }

  /** At the moment of closing, without earlier closings: charges are what the oracle sums. */
  void areBilled(String period) throws SQLException {
    for (String kind : Arrays.asList("account", "supplier")) {
      String where = "month = '" + period + "' AND currency <> ''";
      SortedMap<String, Tally> expected =
          kind.equals("account")
              ? rig.duck.sale(List.of("account", "currency"), where)
              : rig.duck.cost(List.of("supplier", "currency"), where);
      expected.forEach(
          (key, sum) -> {
            String[] parts = key.split("\\|", 2);
            assertThat(bill(kind, parts[0], period).getOrDefault(parts[1], BigInteger.ZERO))
                .as(period + " " + key)
                .isEqualTo(sum.amount());
          });
    }
  }

  String summary() {
    return closed.size() + " statements, " + bills + " bills added up";
  }
}
