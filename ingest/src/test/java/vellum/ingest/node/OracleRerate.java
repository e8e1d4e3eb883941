package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A re-rating of some accounts on live and archived months, by a node and by the oracle. Rates name
 * one to four values, so that the more specific one counts. For one thread.
 */
final class OracleRerate {

  /** Nobody else gives these accounts' records a rating that is refused. */
  static final List<String> ACCOUNTS = List.of("acct-00003", "acct-00004", "acct-00010");

  private static final String FROM = "2025-11-10";
  private static final String TO = "2026-01-20";

  /** Rates as the oracle has them: empty for any value. */
  private static final String TABLE =
      """
      CREATE OR REPLACE TABLE rate (account VARCHAR, mcc_mnc VARCHAR, channel VARCHAR,
        traffic_type VARCHAR, price BIGINT, currency VARCHAR);
      """;

  /** The records that get another price: as the latest rating has them, and with the new one. */
  private static final String CHANGED =
      """
      CREATE OR REPLACE TABLE changed AS
      SELECT s.*, r.price * s.units AS new_amount, r.currency AS new_currency
      FROM sale s JOIN rate r ON r.account = s.account
        AND r.mcc_mnc IN ('', coalesce(s.mcc_mnc, ''))
        AND r.channel IN ('', s.channel)
        AND r.traffic_type IN ('', coalesce(s.traffic_type, ''))
      WHERE s.version IS NOT NULL AND s.day >= '%s' AND s.day < '%s'
      QUALIFY row_number() OVER (PARTITION BY s.account, s.record_id
        ORDER BY (r.mcc_mnc <> '')::INT + (r.channel <> '')::INT + (r.traffic_type <> '')::INT
        DESC) = 1;
      DELETE FROM changed WHERE (new_amount = amount AND new_currency = currency)
        OR (new_currency <> currency AND expected_cost <> 0);
      """
          .formatted(FROM, TO);

  private static final String APPLY =
      """
      INSERT INTO message
      SELECT (SELECT max(seq) FROM message) + row_number() OVER (), 0, record_id, account, channel,
        started, NULL, NULL, {version: version + 1, units: units, sale_price_nanos: new_amount,
          cost_price_nanos: expected_cost, currency: new_currency,
          billed_duration_ms: duration_ms}, NULL
      FROM changed
      """;

  private final OracleRig rig;

  OracleRerate(OracleRig rig) {
    this.rig = rig;
  }

  /** Re-rates, first to see what would change, then in earnest. */
  void run(OracleCheck check) throws SQLException {
    byte[] rates = rates();
    rig.duck.summed();
    rig.duck.run(CHANGED);
    long changed = rig.duck.count("SELECT count(*) FROM changed");
    assertThat(changed).as("records of another price").isPositive();
    assertThat(rig.duck.count("SELECT count(DISTINCT month) FROM changed"))
        .as("months, live and archived")
        .isEqualTo(3);

    JsonNode dry = await(post("", rates));
    assertThat(dry.path("report").path("changed").asLong()).isEqualTo(changed);
    BigInteger difference = BigInteger.ZERO;
    for (JsonNode group : dry.path("report").path("groups")) {
      difference = difference.add(new BigInteger(group.path("difference_nanos").asText()));
    }
    assertThat(difference.toString())
        .as("difference that it shows")
        .isEqualTo(rig.duck.rows("SELECT sum(new_amount::HUGEINT - amount) FROM changed").get(0));
    check.agrees("true");

    JsonNode done = await(post("&apply=true&reason=new%20contract", rates));
    assertThat(done.path("applied").path("records").asLong()).isEqualTo(changed);
    rig.duck.apply(APPLY);
    check.agrees("true");
  }

  private byte[] rates() throws SQLException {
    rig.duck.summed();
    rig.duck.run(TABLE);
    List<String> lines =
        new ArrayList<>(List.of("account,mcc_mnc,channel,traffic_type,unit_price,currency"));
    long price = 1_234_567L;
    for (String account : ACCOUNTS) {
      String currency =
          rig.duck
              .rows("SELECT mode(currency) FROM sale WHERE account = '%s'".formatted(account))
              .get(0);
      String network =
          rig.duck
              .rows(
                  "SELECT mode(mcc_mnc) FROM sale WHERE channel = 'SMS' AND account = '%s'"
                      .formatted(account))
              .get(0);
      for (String match : List.of(",,", ",SMS,", network + ",SMS,", network + ",SMS,OTP")) {
        String[] values = match.split(",", -1);
        price = price * 7 % 900_000_011L;
        rig.duck.run(
            "INSERT INTO rate VALUES ('%s', '%s', '%s', '%s', %d, '%s')"
                .formatted(account, values[0], values[1], values[2], price, currency));
        lines.add(
            String.join(
                ",",
                account,
                values[0].isEmpty() ? "*" : values[0],
                values[1].isEmpty() ? "*" : values[1],
                values[2].isEmpty() ? "*" : values[2],
                BigDecimal.valueOf(price, 9).toPlainString(),
                currency));
      }
    }
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode post(String more, byte[] rates) {
    return rig.calls()
        .post(
            "/v1/billing/rerate?from="
                + FROM
                + "&to="
                + TO
                + "&account="
                + String.join("&account=", ACCOUNTS)
                + more,
            "text/csv",
            rates);
  }

  private JsonNode await(JsonNode started) {
    String id = started.path("id").asText();
    for (int i = 0; i < 3_000; i++) {
      JsonNode run = rig.calls().get("/v1/billing/rerate/" + id);
      String state = run.path("state").asText();
      if (state.equals("DONE")) {
        return run;
      }
      assertThat(state).as(run.toString()).isNotIn("FAILED", "INTERRUPTED");
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("not done: " + rig.calls().get("/v1/billing/rerate/" + id));
  }
}
