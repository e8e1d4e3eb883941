package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;

/** The HTTP contract, over a real node with a few hundred made-up records. */
final class ApiTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private static Path directory;

  private static Node node;
  private static TrafficGenerator traffic;

  /** A text message, and the number it went to. */
  private static DetailRecord message;

  private static String number;

  @BeforeAll
  static void stream() {
    node = NodeFixture.open(directory.resolve("data"));
    traffic = NodeFixture.traffic(11, 500);
    TrafficGenerator look = NodeFixture.traffic(11, 500);
    while (message == null && look.next()) {
      boolean isSms = look.record().getChannel() == Channel.SMS && look.record().hasSubmission();
      if (isSms) {
        message = look.record();
        number =
            message.getSubmission().getRecipient().getIdentifiersList().stream()
                .filter(one -> one.getKind() == IdentifierKind.E164)
                .findFirst()
                .orElseThrow()
                .getValue();
        number = number.startsWith("+") ? number : "+" + number;
      }
    }
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, traffic);
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldRefuseWithoutTheToken() throws Exception {
    for (String token : List.of("", "wrong", node.token().substring(1), node.token() + "x")) {
      for (String path : List.of("/v1/status", "/v1/records/count", "/v1/nothing")) {
        HttpResponse<String> answer = NodeFixture.call(node.httpAddress(), token, "GET", path, "");
        assertThat(answer.statusCode()).as(path).isEqualTo(401);
        assertThat(MAPPER.readTree(answer.body()).get("code").textValue())
            .isEqualTo("UNAUTHORIZED");
      }
    }
  }

  @Test
  void shouldTellAnybodyThatItIsAliveAndReady() throws Exception {
    for (String path : List.of("/livez", "/readyz")) {
      assertThat(NodeFixture.call(node.httpAddress(), "", "GET", path, "").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void shouldCountRecordsOnceAndTheirMonths() throws Exception {
    JsonNode count = ok("GET", "/v1/records/count", "");

    assertThat(count.get("records").longValue()).isEqualTo(traffic.distinctRecords());
    assertThat(count.get("duplicates").longValue()).isEqualTo(traffic.duplicates());
    assertThat(count.get("conflicts").longValue()).isZero();
    long months = 0;
    for (JsonNode month : count.get("months")) {
      months += month.get("records").longValue();
    }
    assertThat(months).isEqualTo(traffic.distinctRecords());
    assertThat(count.at("/months/0/month").textValue()).isEqualTo("2026-11.default");
  }

  @Test
  void shouldShowARecordMaskedUnlessRevealed() throws Exception {
    // when
    JsonNode masked = ok("GET", "/v1/records/" + message.getRecordId(), "").at("/records/0");
    JsonNode clear =
        ok("GET", "/v1/records/" + message.getRecordId() + "?reveal=true&reason=test", "")
            .at("/records/0");

    // then
    assertThat(masked.get("month").textValue()).isEqualTo("2026-11.default");
    assertThat(masked.get("identities").textValue()).isEqualTo("masked");
    assertThat(masked.at("/record/account").textValue()).isEqualTo(message.getAccount());
    assertThat(masked.toString()).doesNotContain(number.substring(1)).contains("*");
    assertThat(clear.get("identities").textValue()).isEqualTo("clear");
    assertThat(clear.toString()).contains(number);
  }

  @Test
  void shouldNameWhatIsWrongWithAnId() throws Exception {
    problem(400, "BAD_ID", "GET", "/v1/records/12345", "");
    problem(400, "BAD_ID", "GET", "/v1/records/00000000-0000-4000-8000-000000000000", "");
    problem(404, "NOT_FOUND", "GET", "/v1/records/0193514e-0000-7000-8000-000000000000", "");
    problem(400, "BAD_FLAG", "GET", "/v1/records/" + message.getRecordId() + "?reveal=yes", "");
  }

  @Test
  void shouldPageThroughAnAccount() throws Exception {
    // given
    String query =
        "/v1/records?from=2026-11-01&to=2026-12-01T00:00:00Z&limit=7&account="
            + URLEncoder.encode(message.getAccount(), StandardCharsets.UTF_8);
    List<String> ids = new ArrayList<>();

    // when
    String cursor = "";
    do {
      JsonNode page = ok("GET", query + cursor, "");
      page.get("records").forEach(one -> ids.add(one.at("/record/record_id").textValue()));
      cursor = page.has("next") ? "&cursor=" + page.get("next").textValue() : "";
    } while (!cursor.isEmpty());

    // then
    Set<String> expected = new HashSet<>();
    TrafficGenerator again = NodeFixture.traffic(11, 500);
    while (again.next()) {
      if (again.record().getAccount().equals(message.getAccount())) {
        expected.add(again.record().getRecordId());
      }
    }
    assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ids.size()).as("more than a page").isGreaterThan(7);
  }

  @Test
  void shouldNameWhatIsWrongWithAQuery() throws Exception {
    String range = "&from=2026-11-01&to=2026-12-01";
    assertThat(problem(400, "BAD_ACCOUNT", "GET", "/v1/records?limit=5" + range, "").get("detail"))
        .hasToString("\"account is missing\"");
    assertThat(problem(400, "BAD_ACCOUNT", "GET", "/v1/records?account=" + range, "").get("detail"))
        .hasToString("\"account must have 1 to 64 bytes\"");
    problem(400, "BAD_TIME", "GET", "/v1/records?account=a&from=2026-11-01", "");
    problem(400, "BAD_TIME", "GET", "/v1/records?account=a&from=2026-12-01&to=2026-11-01", "");
    problem(400, "BAD_TIME", "GET", "/v1/records?account=a&from=yesterday&to=2026-11-01", "");
    problem(400, "BAD_LIMIT", "GET", "/v1/records?account=a&limit=1001" + range, "");
    problem(400, "BAD_LIMIT", "GET", "/v1/records?account=a&limit=many" + range, "");
    problem(400, "BAD_CURSOR", "GET", "/v1/records?account=a&cursor=abc" + range, "");
  }

  @Test
  void shouldFindAPersonInAnySpelling() throws Exception {
    String digits = number.substring(1);
    for (String spelling :
        List.of(
            number,
            "+" + digits.substring(0, 2) + " " + digits.substring(2, 5) + "-" + digits.substring(5),
            "00" + digits,
            digits,
            "sip:" + number + "@example.org")) {
      JsonNode found = ok("POST", "/v1/subjects/find", "{\"subject\":\"" + spelling + "\"}");

      assertThat(found.at("/subject/kind").textValue()).isEqualTo("TEL");
      assertThat(found.at("/subject/masked").textValue()).contains("****");
      assertThat(found.toString()).as("masked").doesNotContain(digits);
      assertThat(found.has("next")).isFalse();
      assertThat(found.findValuesAsText("record_id")).contains(message.getRecordId());
    }
    assertThat(
            ok(
                    "POST",
                    "/v1/subjects/find",
                    "{\"subject\":\"" + number + "\",\"reveal\":true,\"reason\":\"test\"}")
                .toString())
        .contains(number);
  }

  @Test
  void shouldPageThroughAPersonsRecords() throws Exception {
    // given a person of several records
    Map<String, Set<String>> sent = new HashMap<>();
    TrafficGenerator again = NodeFixture.traffic(11, 500);
    while (again.next()) {
      for (Identifier one : again.record().getSubmission().getRecipient().getIdentifiersList()) {
        if (one.getKind() == IdentifierKind.E164) {
          sent.computeIfAbsent(one.getValue(), value -> new HashSet<>())
              .add(again.record().getRecordId());
        }
      }
    }
    Map.Entry<String, Set<String>> most =
        Collections.max(
            sent.entrySet(),
            Comparator.comparingInt(
                (Map.Entry<String, Set<String>> entry) -> entry.getValue().size()));
    assertThat(most.getValue()).hasSizeGreaterThan(1);

    // when
    List<String> ids = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page =
          ok(
              "POST",
              "/v1/subjects/find",
              "{\"subject\":\"" + most.getKey() + "\",\"limit\":1" + cursor + "}");
      assertThat(page.get("records")).hasSize(1);
      pages++;
      ids.addAll(page.findValuesAsText("record_id"));
      cursor = page.has("next") ? ",\"cursor\":\"" + page.get("next").textValue() + "\"" : "";
    } while (!cursor.isEmpty());

    // then
    JsonNode whole = ok("POST", "/v1/subjects/find", "{\"subject\":\"" + most.getKey() + "\"}");
    assertThat(whole.has("next")).isFalse();
    assertThat(ids)
        .doesNotHaveDuplicates()
        .containsAll(most.getValue())
        .containsExactlyInAnyOrderElementsOf(whole.findValuesAsText("record_id"));
    assertThat(pages).isEqualTo(ids.size());
    problem(
        400, "BAD_CURSOR", "POST", "/v1/subjects/find", "{\"subject\":\"fb\",\"cursor\":\"abc\"}");
    problem(400, "BAD_FIELD", "POST", "/v1/subjects/find", "{\"subject\":\"fb\",\"cursor\":1}");
  }

  @Test
  void shouldUnderstandNationalNumbersMailAndImsi() throws Exception {
    assertThat(subject("{\"subject\":\"0170 1234567\",\"region\":\"DE\"}"))
        .isEqualTo("{\"kind\":\"TEL\",\"masked\":\"+49170*****67\"}");
    assertThat(subject("{\"subject\":\"Jane@Example.COM\"}")).contains("\"MAIL\"");
    assertThat(subject("{\"subject\":\"imsi:262011234567890\"}")).contains("\"IMSI\"");
    assertThat(subject("{\"subject\":\"fb-8812\"}")).contains("\"OTHER\"");
    assertThat(subject("{\"subject\":\"id:12345678901234567\"}")).contains("\"OTHER\"");
    assertThat(subject("{\"subject\":\"id:a*b\"}")).contains("\"OTHER\"");
  }

  @Test
  void shouldNotRepeatASubjectThatItRefuses() throws Exception {
    for (String body :
        List.of(
            "{\"subject\":\"0170 1234567\"}",
            "{\"subject\":\"+999 1234567\"}",
            "{\"subject\":\"+49170*****1234567\"}",
            "{\"subject\":\"1234567*@mail.example\"}",
            "{\"subject\":\"+1234567x\"}",
            "{\"subject\":\"+49 1\"}",
            "{\"subject\":\"+49 1234567 1234567 1234567\"}",
            "{\"subject\":\"123456\"}",
            "{\"subject\":\"1\"}",
            "{\"subject\":\"12\",\"region\":\"DE\"}",
            "{\"subject\":\"1234567890123456\"}",
            "{\"subject\":\"id:\"}",
            "{\"subject\":\"imsi:1234567x\"}",
            "{\"subject\":\"1234567@\"}",
            "{\"subject\":\"  \"}",
            "{}")) {
      JsonNode problem = problem(400, "BAD_SUBJECT", "POST", "/v1/subjects/find", body);
      assertThat(problem.toString()).as(body).doesNotContain("1234567");
    }
    problem(
        400, "BAD_REGION", "POST", "/v1/subjects/find", "{\"subject\":\"1\",\"region\":\"XX\"}");
    problem(400, "UNKNOWN_FIELD", "POST", "/v1/subjects/find", "{\"number\":\"1\"}");
    problem(400, "BAD_FIELD", "POST", "/v1/subjects/find", "{\"subject\":1}");
    problem(400, "BAD_JSON", "POST", "/v1/subjects/find", "{\"subject\":\"+49170");
    problem(400, "BAD_JSON", "POST", "/v1/subjects/find", "[]");
    problem(
        413, "BODY_TOO_LARGE", "POST", "/v1/subjects/find", "{\"subject\":\"" + "1".repeat(70_000));
  }

  @Test
  void shouldKeepAccounts() throws Exception {
    // when
    String yaml = Files.readString(Path.of("../config/accounts.yaml"));
    JsonNode imported = ok("POST", "/v1/accounts/import", yaml);

    // then
    assertThat(imported.get("accounts").intValue()).isPositive();
    assertThat(imported.get("suppliers").intValue()).isPositive();
    JsonNode list = ok("GET", "/v1/accounts", "").get("accounts");
    assertThat(list.findValuesAsText("id")).contains("spreebank");
    assertThat(ok("GET", "/v1/suppliers", "").get("suppliers")).isNotEmpty();
    JsonNode one = ok("GET", "/v1/accounts/spreebank", "");
    assertThat(one.at("/terms/0/law_country").textValue()).isEqualTo("DE");

    // and what was shown can be put
    assertThat(ok("PUT", "/v1/accounts/spreebank", one.toString())).isEqualTo(one);
    problem(404, "NOT_FOUND", "GET", "/v1/accounts/nobody", "");
    JsonNode bad =
        problem(
            400,
            "BAD_ACCOUNT",
            "PUT",
            "/v1/accounts/new",
            "{\"terms\":[{\"from\":\"2026-01-01\",\"billing_zone\":\"Mars\"}]}");
    assertThat(bad.get("detail").textValue()).startsWith("terms[0]: billing_zone must be");
    problem(400, "BAD_ACCOUNT", "POST", "/v1/accounts/import", "format: 1\naccounts: x\n");
  }

  @Test
  void shouldTellItsStatus() throws Exception {
    ok("GET", "/v1/records/count", "");

    JsonNode status = ok("GET", "/v1/status", "");

    assertThat(status.get("ready").booleanValue()).isTrue();
    assertThat(status.at("/apply/lag_entries").longValue()).isZero();
    assertThat(status.at("/journal/admission").textValue()).isEqualTo("TAKEN");
    assertThat(status.at("/journal/segments")).isNotEmpty();
    assertThat(status.at("/ingest/records").longValue()).isEqualTo(traffic.messages());
    assertThat(status.at("/months/0/month").textValue()).isEqualTo("2026-11.default");
    assertThat(status.get("disk_free_bytes").longValue()).isPositive();
  }

  @Test
  void shouldAnswerUnknownPathsAndMethodsAsProblems() throws Exception {
    problem(404, "NOT_FOUND", "GET", "/v1/nothing", "");
    problem(405, "METHOD_NOT_ALLOWED", "DELETE", "/v1/accounts", "");
  }

  private static String subject(String body) throws Exception {
    return ok("POST", "/v1/subjects/find", body).get("subject").toString();
  }

  private static JsonNode ok(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = call(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private static JsonNode problem(int status, String code, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = call(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonNode problem = MAPPER.readTree(answer.body());
    assertThat(problem.get("code").textValue()).isEqualTo(code);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    return problem;
  }

  private static HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    return NodeFixture.call(node.httpAddress(), node.token(), method, path, body);
  }
}
