package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.record.RecordId;
import vellum.ingest.client.VellumClient;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Submission;

/** People's requests against a real node over HTTP. */
final class RequestNodeTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PERSON = "+491701234567";
  private static final String OTHER = "+4915112345678";
  private static final String HELD = "2026-11-01T00:00:00Z";

  @TempDir private Path data;
  private Node node;
  private String officer;

  @BeforeEach
  void open() throws Exception {
    node = Node.open(NodeFixture.config(data), InstantSource.fixed(NodeFixture.NOW));
    officer = NodeFixture.token(node, "officer", Set.of(Role.PRIVACY), AccountScope.EVERY);
    NodeFixture.Tally tally = new NodeFixture.Tally();
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      client.send(sms(1, PERSON), tally);
      client.send(sms(2, PERSON), tally);
      client.send(sms(3, OTHER), tally);
      client.flush(Duration.ofSeconds(30));
    }
    assertThat(tally.taken.get()).isEqualTo(3);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void shouldAnswerAPersonWithAPackageThatOnlyThePassphraseOpens() throws Exception {
    // given
    String id = granted("access", "");
    // when
    JsonNode begun = json(post("/v1/requests/" + id + "/answer", "{}"));
    JsonNode done = await(id);
    // then
    assertThat(begun.path("passphrase").asText()).hasSizeGreaterThan(20);
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(done.path("answer").path("records").asLong()).isEqualTo(2);
    assertThat(done.toString()).contains("+49170").doesNotContain(PERSON);
    JsonNode files = json(get("/v1/requests/" + id + "/package")).path("files");
    assertThat(files.toString()).contains("manifest.json.p7m", "README.txt", ".csv.p7m");
    for (JsonNode file : files) {
      HttpResponse<String> got = get("/v1/requests/" + id + "/package/" + file.asText());
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.body()).doesNotContain(PERSON.substring(3), OTHER.substring(3));
    }
    assertThat(get("/v1/requests/" + id + "/package/..%2Fendpoint.json").statusCode())
        .isIn(400, 404);
    JsonNode answer = json(get("/v1/requests/" + id + "/answer"));
    assertThat(answer.path("content").path("accounts").toString()).isEqualTo("[\"acme\"]");
    assertThat(answer.path("periods").toString()).contains("12 months", "10 years");
    assertThat(json(get("/v1/requests?state=done")).path("requests")).hasSize(1);
  }

  @Test
  void shouldRefuseBadInputWithItsCode() throws Exception {
    refused("NO_IDENTITY_CHECK", 409, body("access", PERSON, "").replace("card seen", " "));
    refused("INTERVAL_MISSING", 409, body("access", PERSON, "").replace("\"from\"", "\"to\""));
    refused("BAD_NUMBER", 422, body("access", "+49170", ""));
    refused("BAD_NUMBER", 422, body("access", "+49*****67", ""));
    refused("BAD_CORRECTION", 409, body("rectification", PERSON, ""));
    refused("BAD_KIND", 400, body("oblivion", PERSON, ""));
    refused("UNKNOWN_FIELD", 400, body("access", PERSON, ",\"colour\":\"red\""));
    String id = created("access", "");
    assertThat(code(post("/v1/requests/" + id + "/answer", "{}"))).isEqualTo("NOT_DECIDED");
    assertThat(code(post("/v1/requests/" + id + "/close", "{\"reason\":\"x\"}")))
        .isEqualTo("WRONG_STATE");
    assertThat(code(get("/v1/requests/R-00000000"))).isEqualTo("NO_SUCH_REQUEST");
    assertThat(code(get("/v1/requests/7"))).isEqualTo("BAD_CASE_ID");
    assertThat(code(get("/v1/requests/" + id + "/package"))).isEqualTo("NO_PACKAGE");
    assertThat(
            code(
                post(
                    "/v1/requests/" + id + "/decide",
                    "{\"granted\":true,\"reason\":\"+491701234567\"}")))
        .isEqualTo("BAD_REASON");
    String support = NodeFixture.token(node, "support", Set.of(Role.SUPPORT), AccountScope.EVERY);
    assertThat(
            NodeFixture.call(node.httpAddress(), support, "GET", "/v1/requests", "").statusCode())
        .isEqualTo(403);
  }

  @Test
  void shouldMaskWhoIsRestrictedUntilTheRequestIsClosed() throws Exception {
    // given
    String find = "{\"subject\":\"" + PERSON + "\",\"reveal\":true,\"reason\":\"complaint\"}";
    assertThat(post("/v1/subjects/find", find).body()).contains(PERSON);
    // when
    String id = granted("restriction", "");
    // then: look-ups by subject and by record
    String found = post("/v1/subjects/find", find).body();
    assertThat(found).contains("\"restricted\":true", "masked").doesNotContain(PERSON);
    String record = "/v1/records/" + sms(1, PERSON).getRecordId() + "?reveal=true&reason=complaint";
    assertThat(get(record).body()).contains("\"restricted\":true").doesNotContain(PERSON);
    String others = "/v1/records/" + sms(3, OTHER).getRecordId() + "?reveal=true&reason=complaint";
    assertThat(get(others).body()).contains(OTHER).doesNotContain("restricted");
    // when: over a restart too
    node.close();
    node = Node.open(NodeFixture.config(data), InstantSource.fixed(NodeFixture.NOW));
    assertThat(get(record).body()).contains("\"restricted\":true");
    json(post("/v1/requests/" + id + "/answer", "{}"));
    json(post("/v1/requests/" + id + "/close", "{\"reason\":\"it was right\"}"));
    // then
    assertThat(get(record).body()).contains(PERSON).doesNotContain("restricted");
  }

  @Test
  void shouldPutAnIdentityRightAndEraseIt() throws Exception {
    // given
    String right = "+491709999999";
    String id = granted("rectification", ",\"correct_to\":\"" + right + "\"");
    // when
    json(post("/v1/requests/" + id + "/answer", "{}"));
    assertThat(await(id).path("state").asText()).isEqualTo("done");
    // then
    assertThat(records(right)).isEqualTo(2);
    assertThat(records(PERSON)).isZero();
    // when
    JsonNode counted = json(post("/v1/requests/count", body("erasure", right, "")));
    assertThat(counted.path("records").asLong()).isEqualTo(2);
    String erase = json(post("/v1/requests", body("erasure", right, ""))).path("id").asText();
    json(decide(erase));
    json(post("/v1/requests/" + erase + "/answer", "{}"));
    JsonNode done = await(erase);
    // then
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(done.path("answer").path("records").asLong()).isEqualTo(2);
    assertThat(records(right)).isZero();
    assertThat(json(get("/v1/records/count")).path("records").asLong()).isEqualTo(3);
    assertThat(get("/v1/requests/" + erase + "/answer").body())
        .contains("the identities are gone except where law requires retention");
  }

  @Test
  void shouldKeepThePersonOutOfEveryFileAndWarnOfWhatIsLate() throws Exception {
    // given: received long ago
    String late =
        json(post(
                "/v1/requests",
                body("access", PERSON, ",\"received_at\":\"2026-10-01T00:00:00Z\"")
                    .replace(HELD, "2026-09-01T00:00:00Z")))
            .path("id")
            .asText();
    created("objection", "");
    // when
    JsonNode status =
        json(NodeFixture.call(node.httpAddress(), node.token(), "GET", "/v1/status", ""));
    // then
    assertThat(status.path("ready").asBoolean()).isTrue();
    assertThat(status.path("warnings").toString()).contains("REQUEST_OVERDUE");
    assertThat(json(get("/v1/requests?overdue=true")).path("requests").get(0).path("id").asText())
        .isEqualTo(late);
    node.close();
    try (Stream<Path> files = Files.walk(data)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSizeGreaterThan(10);
      for (Path file : all) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text.contains(PERSON.substring(3))).as(file.toString()).isFalse();
        assertThat(text.contains("card seen")).as(file.toString()).isFalse();
      }
    }
  }

  private long records(String number) throws Exception {
    return json(post("/v1/subjects/find", "{\"subject\":\"" + number + "\"}"))
        .path("records")
        .size();
  }

  private void refused(String code, int status, String body) throws Exception {
    HttpResponse<String> answer = post("/v1/requests", body);
    assertThat(code(answer)).isEqualTo(code);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("49170");
  }

  private String created(String kind, String more) throws Exception {
    return json(post("/v1/requests", body(kind, PERSON, more))).path("id").asText();
  }

  private String granted(String kind, String more) throws Exception {
    String id = created(kind, more);
    json(decide(id));
    return id;
  }

  private HttpResponse<String> decide(String id) throws Exception {
    return post(
        "/v1/requests/" + id + "/decide", "{\"granted\":true,\"reason\":\"identity proved\"}");
  }

  private static String body(String kind, String number, String more) {
    return "{\"kind\":\""
        + kind
        + "\",\"identity_check\":\"card seen\",\"subjects\":[{\"subject\":\""
        + number
        + "\",\"from\":\""
        + HELD
        + "\"}]"
        + more
        + "}";
  }

  private JsonNode await(String id) throws Exception {
    JsonNode request = json(get("/v1/requests/" + id));
    for (int i = 0; i < 3_000 && request.path("state").asText().equals("working"); i++) {
      LockSupport.parkNanos(20_000_000);
      request = json(get("/v1/requests/" + id));
    }
    return request;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return NodeFixture.call(node.httpAddress(), officer, "GET", path, "");
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return NodeFixture.call(node.httpAddress(), officer, "POST", path, body);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private static String code(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body()).path("code").asText();
  }

  private static DetailRecord sms(int seed, String recipient) {
    long millis = NodeFixture.NOW.minus(Duration.ofHours(seed)).toEpochMilli();
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(millis, "acme", "sms" + seed).toString())
        .setStartedAt(Timestamps.fromMillis(millis))
        .setAccount("acme")
        .setChannel(Channel.SMS)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setRecipient(
                    Party.newBuilder()
                        .addIdentifiers(
                            Identifier.newBuilder()
                                .setKind(IdentifierKind.E164)
                                .setValue(recipient))))
        .build();
  }
}
