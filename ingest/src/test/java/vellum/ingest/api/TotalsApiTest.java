package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** Totals over HTTP and the records behind them, over a real node with accounts in three zones. */
final class TotalsApiTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String DAYS = "from=2026-11-01&to=2026-12-01";
  private static final List<String> ZONES = List.of("Asia/Kolkata", "UTC", "America/New_York");

  @TempDir private static Path directory;

  private static Node node;
  private static TrafficGenerator traffic;

  @BeforeAll
  static void stream() throws Exception {
    node = NodeFixture.open(directory.resolve("data"));
    traffic = NodeFixture.traffic(23, 600);
    Set<String> accounts = new TreeSet<>();
    Set<String> suppliers = new TreeSet<>();
    TrafficGenerator look = NodeFixture.traffic(23, 600);
    while (look.next()) {
      accounts.add(look.record().getAccount());
      look.record().getLegsList().forEach(leg -> suppliers.add(leg.getSupplier()));
    }
    register(accounts, suppliers);
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, traffic);
    }
  }

  private static void register(Set<String> accounts, Set<String> suppliers) throws Exception {
    StringBuilder yaml = new StringBuilder("format: 1\naccounts:\n");
    int number = 0;
    for (String account : accounts) {
      yaml.append("  - id: \"").append(account).append("\"\n    terms:\n");
      yaml.append("      - {from: 2020-01-01, billing_zone: ").append(ZONES.get(number++ % 3));
      yaml.append(", currency: EUR, law_country: DE}\n");
    }
    yaml.append("suppliers:\n");
    for (String supplier : suppliers) {
      yaml.append("  - id: \"").append(supplier).append("\"\n    terms:\n");
      yaml.append("      - {from: 2020-01-01, zone: ").append(ZONES.get(number++ % 3));
      yaml.append(", currency: EUR}\n");
    }
    ok("POST", "/v1/accounts/import", yaml.toString());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldCountEveryRecordAndNameWhatTheAnswerReflects() throws Exception {
    // when
    JsonNode answer = ok("GET", "/v1/billing/totals?" + DAYS + "&by=account,channel,mcc_mnc", "");

    // then
    assertThat(answer.get("cube").textValue()).isEqualTo("sale");
    assertThat(answer.get("from").textValue()).isEqualTo("2026-11-01");
    assertThat(answer.get("to").textValue()).isEqualTo("2026-12-01");
    assertThat(texts(answer.get("by")))
        .containsExactly("account", "channel", "mcc_mnc", "currency");
    assertThat(answer.at("/months/0/month").textValue()).isEqualTo("2026-11.default");
    assertThat(answer.at("/months/0/owner").textValue()).isEqualTo("live");
    assertThat(answer.get("position").longValue()).isPositive();
    assertThat(answer.get("applied").longValue())
        .isGreaterThanOrEqualTo(answer.get("position").longValue());
    assertThat(count(answer.get("rows"))).isEqualTo(traffic.distinctRecords());
    assertThat(count(answer.get("totals"))).isEqualTo(traffic.distinctRecords());
    JsonNode row = answer.at("/rows/0");
    assertThat(new BigDecimal(row.get("amount").textValue()).movePointRight(9).toBigIntegerExact())
        .isEqualTo(new BigInteger(row.get("amount_nanos").textValue()));
    assertThat(row.fieldNames())
        .toIterable()
        .containsExactly(
            "account",
            "channel",
            "mcc_mnc",
            "currency",
            "count",
            "units",
            "duration_ms",
            "amount",
            "amount_nanos",
            "expected_cost",
            "expected_cost_nanos");
  }

  @Test
  void shouldTurnARowOfSalesIntoItsRecords() throws Exception {
    JsonNode answer =
        ok("GET", "/v1/billing/totals?" + DAYS + "&by=account,day,status_group,channel", "");
    int checked = 0;
    for (JsonNode row : answer.get("rows")) {
      List<JsonNode> records = records("", answer, row);
      BigInteger nanos = BigInteger.ZERO;
      for (JsonNode record : records) {
        assertThat(record.get("identities").textValue()).isEqualTo("masked");
        String price = record.at("/record/rating/sale_price_nanos").asText("0");
        nanos = nanos.add(new BigInteger(price.isEmpty() ? "0" : price));
      }
      assertThat(records).hasSize(row.get("count").intValue());
      assertThat(nanos).isEqualTo(new BigInteger(row.get("amount_nanos").textValue()));
      checked += records.size();
    }
    assertThat(checked).isEqualTo((int) traffic.distinctRecords());
  }

  @Test
  void shouldTurnARowOfCostsIntoItsRecords() throws Exception {
    JsonNode answer =
        ok("GET", "/v1/billing/totals?cube=cost&" + DAYS + "&by=supplier,route,mcc_mnc", "");
    assertThat(answer.get("rows")).isNotEmpty();
    for (JsonNode row : answer.get("rows")) {
      assertThat(row.has("duration_ms")).isFalse();
      BigInteger nanos = BigInteger.ZERO;
      for (JsonNode record : records("cube=cost&", answer, row)) {
        List<Integer> meant = new ArrayList<>();
        for (JsonNode leg : record.at("/record/legs")) {
          if (isOf(row, leg)) {
            nanos = nanos.add(new BigInteger(leg.path("cost_nanos").asText("0")));
            meant.add(leg.get("number").intValue());
          }
        }
        assertThat(record.get("matching_legs")).isEqualTo(MAPPER.valueToTree(meant));
      }
      assertThat(nanos).isEqualTo(new BigInteger(row.get("amount_nanos").textValue()));
    }
  }

  private static boolean isOf(JsonNode row, JsonNode leg) {
    return List.of("supplier", "route", "mcc_mnc", "currency").stream()
        .allMatch(name -> row.get(name).textValue().equals(leg.path(name).asText("")));
  }

  /** The records behind a row, by pages of seven. */
  private static List<JsonNode> records(String start, JsonNode answer, JsonNode row)
      throws Exception {
    StringBuilder query = new StringBuilder("/v1/records?" + start + "limit=7");
    query.append("&billing_from=2026-11-01&billing_to=2026-12-01");
    for (String name : texts(answer.get("by"))) {
      query.append('&').append(name).append('=');
      query.append(URLEncoder.encode(row.get(name).textValue(), StandardCharsets.UTF_8));
    }
    List<JsonNode> records = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = ok("GET", query + cursor, "");
      for (JsonNode record : page.get("records")) {
        assertThat(ids.add(record.at("/record/record_id").textValue())).isTrue();
        records.add(record);
      }
      cursor = page.has("next") ? "&cursor=" + page.get("next").textValue() : "";
    } while (!cursor.isEmpty());
    return records;
  }

  @Test
  void shouldFilterWithinATimeToo() throws Exception {
    long half = 0;
    for (String times :
        List.of(
            "from=2026-11-01&to=2026-11-20T12:00:00Z", "from=2026-11-20T12:00:00Z&to=2026-12-01")) {
      JsonNode page = ok("GET", "/v1/records?channel=sms&limit=1000&" + times, "");
      half += page.get("records").size();
    }
    JsonNode sms = ok("GET", "/v1/billing/totals?channel=SMS&" + DAYS, "");
    assertThat(half).isEqualTo(count(sms.get("totals"))).isPositive();
  }

  @Test
  void shouldAnswerErrorsByName() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put(DAYS + "&by=account,colour", "UNKNOWN_DIMENSION");
    bad.put(DAYS + "&colour=red", "UNKNOWN_DIMENSION");
    bad.put(DAYS + "&by=route", "DIMENSION_OF_OTHER_CUBE");
    bad.put(DAYS + "&cube=cost&account=a", "DIMENSION_OF_OTHER_CUBE");
    bad.put(DAYS + "&channel=pigeon", "BAD_VALUE");
    bad.put(DAYS + "&cube=profit", "BAD_CUBE");
    bad.put("from=2026-12-01&to=2026-11-01", "BAD_INTERVAL");
    bad.put("from=2026-11-01&to=2026-11-01", "BAD_INTERVAL");
    bad.put("from=2016-11-01&to=2026-11-02", "INTERVAL_TOO_LONG");
    bad.put("from=2015-11-01&to=2015-11-02", "BEFORE_KEPT");
    bad.put("from=2026-11-31&to=2026-12-02", "BAD_DAY");
    bad.put("from=2026-11-01", "BAD_DAY");
    for (Map.Entry<String, String> one : bad.entrySet()) {
      problem(400, one.getValue(), "/v1/billing/totals?" + one.getKey());
    }
    JsonNode unknown = problem(404, "UNKNOWN_ACCOUNT", "/v1/billing/totals?account=acme&" + DAYS);
    assertThat(unknown.toString()).contains("account acme is not registered");
    problem(404, "UNKNOWN_SUPPLIER", "/v1/billing/totals?cube=cost&supplier=x&" + DAYS);
    problem(404, "UNKNOWN_ACCOUNT", "/v1/records?account=acme&" + DAYS);
    problem(404, "UNKNOWN_ACCOUNT", "/v1/billing/postings?account=acme");
    problem(404, "UNKNOWN_SUPPLIER", "/v1/billing/periods?supplier=x");
    problem(404, "UNKNOWN_ACCOUNT", "/v1/suspense?account=acme");
    problem(404, "UNKNOWN_ACCOUNT", "/v1/suspense/totals?account=acme");
    String longer = "billing_from=2016-11-01&billing_to=2026-11-02&channel=SMS";
    problem(400, "INTERVAL_TOO_LONG", "/v1/records?" + longer);
    String older = "billing_from=2015-11-01&billing_to=2015-11-02&channel=SMS";
    problem(400, "BEFORE_KEPT", "/v1/records?" + older);
    problem(400, "BAD_INTERVAL", "/v1/records?billing_from=2026-11-02&billing_to=2026-11-02");
    problem(400, "BAD_DAY", "/v1/records?billing_from=2026-11-02");
    JsonNode reveal =
        problem(400, "UNKNOWN_PARAMETER", "/v1/records?account=a&reveal=true&" + DAYS);
    assertThat(reveal.get("detail").textValue())
        .startsWith("records are asked for by account, from, to,")
        .contains("traffic_type", "GET /v1/records/{id}")
        .doesNotContain("reveal");
    problem(400, "DIMENSION_OF_OTHER_CUBE", "/v1/records?account=a&route=r&" + DAYS);
    problem(400, "BAD_TIME", "/v1/records?channel=SMS");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static long count(JsonNode rows) {
    long count = 0;
    for (JsonNode row : rows) {
      count += row.get("count").longValue();
    }
    return count;
  }

  private static JsonNode ok(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        NodeFixture.call(node.httpAddress(), node.token(), method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private static JsonNode problem(int status, String code, String path) throws Exception {
    HttpResponse<String> answer =
        NodeFixture.call(node.httpAddress(), node.token(), "GET", path, "");
    JsonNode problem = MAPPER.readTree(answer.body());
    assertThat(problem.path("code").textValue()).as(path).isEqualTo(code);
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    return problem;
  }
}
