package vellum.ingest.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle against sums that were made by hand. */
final class DuckTotalsTest {

  private static final String REGISTRY =
      """
      format: 1
      accounts:
        - id: kolkata
          terms:
            - {from: 2026-01-01, billing_zone: Asia/Kolkata, currency: INR, law_country: IN}
            - {from: 2026-11-05, billing_zone: America/New_York, currency: USD, law_country: US}
        - id: chatham
          terms:
            - {from: "2026-01-01T00:00:00Z", billing_zone: Pacific/Chatham, currency: NZD, law_country: NZ}
      suppliers:
        - id: berliner
          terms:
            - {from: 2026-01-01, zone: Europe/Berlin, currency: EUR}
      """;

  @TempDir private Path directory;
  private DuckTotals totals;

  @BeforeEach
  void open() throws SQLException, IOException {
    totals = new DuckTotals();
    totals.register(REGISTRY.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() throws SQLException {
    totals.close();
  }

  private void load(String... lines) throws IOException, SQLException {
    Path file = Files.createTempFile(directory, "records", ".ndjson");
    Files.write(file, List.of(lines));
    totals.load(file);
  }

  private static String record(String id, String account, String at, String aspects) {
    return "{\"record_id\":\"%s\",\"account\":\"%s\",\"started_at\":\"%s\",\"channel\":\"SMS\",%s}"
        .formatted(id, account, at, aspects);
  }

  private static Tally tally(long count, long units, long ms, String amount, long expected) {
    return new Tally(
        BigInteger.valueOf(count),
        BigInteger.valueOf(units),
        BigInteger.valueOf(ms),
        new BigInteger(amount),
        BigInteger.valueOf(expected));
  }

  @Test
  void shouldKeepTheLatestVersionOfEachAspect() throws Exception {
    // given
    String at = "2026-11-01T10:00:00.000001Z";
    String submission =
        "\"submission\":{\"version\":\"1\",\"direction\":\"MT\",\"traffic_type\":\"OTP\","
            + "\"country_of_recipient\":\"IN\",\"mcc_mnc\":\"40410\"}";
    String rating =
        "\"rating\":{\"version\":\"%d\",\"units\":\"%d\",\"sale_price_nanos\":\"%d\","
            + "\"cost_price_nanos\":\"5\",\"currency\":\"INR\",\"billed_duration_ms\":\"7\"}";
    load(
        record("a", "kolkata", at, rating.formatted(2, 3, 1_000_000_001L)),
        record("a", "kolkata", at, submission),
        record("a", "kolkata", at, submission),
        record("a", "kolkata", at, rating.formatted(1, 9, 99)),
        // the same version with other content is a conflict: the first one counts
        record("a", "kolkata", at, rating.formatted(2, 4, 2)),
        record("a", "kolkata", at, "\"delivery\":{\"version\":\"1\",\"status_group\":\"PENDING\"}"),
        record("b", "kolkata", at, submission));
    load(
        record(
            "a", "kolkata", at, "\"delivery\":{\"version\":\"2\",\"status_group\":\"DELIVERED\"}"));
    // when
    SortedMap<String, Tally> sale = totals.sale(DuckTotals.SALE, "true");
    // then
    assertThat(sale)
        .containsExactly(
            java.util.Map.entry(
                "kolkata|2026-11-01|SMS|MT|OTP|IN|40410|DELIVERED|INR",
                tally(1, 3, 7, "1000000001", 5)),
            java.util.Map.entry(
                "kolkata|2026-11-01|SMS|MT|OTP|IN|40410||", tally(1, 0, 0, "0", 0)));
  }

  @Test
  void shouldFindDaysInZonesThatChange() throws Exception {
    // given
    String rating = "\"rating\":{\"version\":\"1\",\"units\":\"1\"}";
    load(
        // Kolkata is 5:30 ahead: 18:29:59 is 23:59:59, a second later it is tomorrow
        record("a", "kolkata", "2026-11-01T18:29:59.999999Z", rating),
        record("b", "kolkata", "2026-11-01T18:30:00Z", rating),
        // from November 5 on, of New York, 2026-11-05T05:00Z, the days of New York count
        record("c", "kolkata", "2026-11-05T04:59:59Z", rating),
        record("d", "kolkata", "2026-11-05T05:00:00Z", rating),
        record("e", "kolkata", "2026-11-06T04:59:59Z", rating),
        // Chatham: 13:45 ahead in its summer, 12:45 from April 5, 2026 on
        record("f", "chatham", "2026-02-01T10:14:59Z", rating),
        record("g", "chatham", "2026-02-01T10:15:00Z", rating),
        record("h", "chatham", "2026-07-01T11:14:59Z", rating),
        record("i", "chatham", "2026-07-01T11:15:00Z", rating),
        record("j", "nobody", "2026-07-01T23:59:59Z", rating));
    // when
    SortedMap<String, Tally> days = totals.sale(List.of("account", "day"), "true");
    // then
    assertThat(days.entrySet().stream().map(e -> e.getKey() + " " + e.getValue().count()))
        .containsExactly(
            "chatham|2026-02-01 1",
            "chatham|2026-02-02 1",
            "chatham|2026-07-01 1",
            "chatham|2026-07-02 1",
            "kolkata|2026-11-01 1",
            "kolkata|2026-11-02 1",
            "kolkata|2026-11-05 3",
            "nobody|2026-07-01 1");
  }

  @Test
  void shouldKeepTheZoneThatARecordBeganWith() throws Exception {
    // given
    String at = "2026-11-01T23:00:00Z";
    load(record("a", "kolkata", at, "\"rating\":{\"version\":\"1\",\"units\":\"1\"}"));
    totals.register(
        REGISTRY.replace("Asia/Kolkata", "America/New_York").getBytes(StandardCharsets.UTF_8));
    load(
        record("a", "kolkata", at, "\"rating\":{\"version\":\"2\",\"units\":\"5\"}"),
        record("b", "kolkata", at, "\"rating\":{\"version\":\"1\",\"units\":\"1\"}"));
    // when, then
    assertThat(totals.sale(List.of("day"), "true"))
        .containsEntry("2026-11-02", tally(1, 5, 0, "0", 0))
        .containsEntry("2026-11-01", tally(1, 1, 0, "0", 0))
        .hasSize(2);
  }

  @Test
  void shouldSumLegsBySupplierBeyond64Bits() throws Exception {
    // given
    String leg =
        "\"legs\":[{\"version\":\"%d\",\"number\":%d,\"supplier\":\"berliner\","
            + "\"connection\":\"c\",\"route\":\"r\",\"mcc_mnc\":\"26201\","
            + "\"status_group\":\"DELIVERED\",\"units\":\"1\",\"cost_nanos\":\"%d\","
            + "\"currency\":\"EUR\"}]";
    String at = "2026-10-25T22:59:59Z";
    load(
        record("a", "kolkata", at, leg.formatted(1, 1, Long.MAX_VALUE)),
        record("a", "kolkata", at, leg.formatted(1, 2, Long.MAX_VALUE)),
        record("b", "kolkata", at, leg.formatted(1, 1, 1)),
        record("b", "kolkata", at, leg.formatted(2, 1, 3)),
        // one second after midnight in Berlin, whose clocks went back that day
        record("c", "kolkata", "2026-10-25T23:00:00Z", leg.formatted(1, 1, -5)));
    // when
    SortedMap<String, Tally> cost = totals.cost(DuckTotals.COST, "true");
    // then
    assertThat(cost)
        .containsEntry(
            "berliner|2026-10-25|c|r|26201|SMS|DELIVERED|EUR",
            tally(3, 3, 0, "18446744073709551617", 0))
        .containsEntry("berliner|2026-10-26|c|r|26201|SMS|DELIVERED|EUR", tally(1, 1, 0, "-5", 0))
        .hasSize(2);
  }
}
