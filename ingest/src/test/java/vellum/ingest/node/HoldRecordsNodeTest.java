package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.ingest.demo.MovedClock;

/** What a hold keeps is found by the hold's role, through the hold, and by nobody else. */
final class HoldRecordsNodeTest {

  private static final String HELD = "+491701234567";
  private static final String OTHER = "+491707654321";
  private static final Instant DEADLINE = Instant.parse("2026-12-01T00:00:00Z");
  private static final MonthId MONTH = MonthId.parse("2025-11.default");
  private static final String CLEAR = "{\"reveal\":true,\"reason\":\"hearing\"}";
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path directory;
  private final MovedClock clock =
      new MovedClock(InstantSource.system(), System::nanoTime, NodeFixture.NOW);
  private Node node;
  private String privacy;
  private String disclosure;

  @BeforeEach
  void open() throws Exception {
    node = Node.open(NodeFixture.config(directory.resolve("data")), clock, clock::nanos);
    privacy = token("jane", Role.PRIVACY);
    disclosure = token("dora", Role.DISCLOSURE);
    for (int i = 0; i < 5; i++) {
      send(HELD, i);
      send(OTHER, 10 + i);
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  private String token(String name, Role role) throws Exception {
    return NodeFixture.token(node, name, Set.of(role), AccountScope.EVERY);
  }

  private void send(String recipient, int number) throws Exception {
    Instant at = Instant.parse("2025-11-10T08:00:00Z").plusSeconds(number);
    String body =
        """
        [{"record_id":"%s","started_at":"%s","account":"acme","channel":"SMS",
          "submission":{"version":1,"recipient":{"identifiers":[{"kind":"E164","value":"%s"}]}}}]
        """
            .formatted(RecordId.derived(at.toEpochMilli(), "acme", "" + number), at, recipient);
    ok(node.token(), "/v1/records", body);
  }

  private HttpResponse<String> post(String token, String path, String body) throws Exception {
    return NodeFixture.call(node.httpAddress(), token, "POST", path, body);
  }

  private JsonNode ok(String token, String path, String body) throws Exception {
    HttpResponse<String> answer = post(token, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private String state(String token, String id) throws Exception {
    String body = NodeFixture.call(node.httpAddress(), token, "GET", "/v1/holds/" + id, "").body();
    return MAPPER.readTree(body).get("state").textValue();
  }

  /** A hold of the number that has copied what is there. */
  private String hold(String token, boolean secret) throws Exception {
    String order =
        """
        {"type":"investigation","reach":"ongoing","scope":{"subjects":["%s"],
         "from":"2025-01-01","to":"2027-01-01"},"legal_basis":"a court's order",
         "expires_at":"2027-05-01","secret":%s,"reason":"order received"}
        """
            .formatted(HELD, secret);
    String id = ok(token, "/v1/holds", order).get("id").textValue();
    awaitState(token, id, "active");
    return id;
  }

  private void awaitState(String token, String id, String wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!state(token, id).equals(wanted)) {
      assertThat(System.nanoTime()).as(wanted).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void awaitStage(Stage stage) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (node.vault.catalog().entry(MONTH).filter(one -> one.stage() == stage).isEmpty()) {
      assertThat(System.nanoTime()).as(stage.name()).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String records(String id) {
    return "/v1/holds/" + id + "/records";
  }

  private String trail(String token) throws Exception {
    return NodeFixture.call(node.httpAddress(), token, "GET", "/v1/audit?limit=1000", "").body();
  }

  @Test
  void shouldFindAHeldNumberWhenItsMonthIsStrippedAndNoLongerThanTheHold() throws Exception {
    // given
    String id = hold(privacy, false);
    // when
    clock.moveTo(DEADLINE.minus(Duration.ofDays(2)));
    awaitStage(Stage.COPYING_HOLDS);
    clock.moveTo(DEADLINE.plusSeconds(1));
    awaitStage(Stage.ARCHIVED);
    // then: no other look-up finds it
    String subject = "{\"subject\":\"" + HELD + "\"}";
    assertThat(ok(privacy, "/v1/subjects/find", subject).get("records")).isEmpty();
    JsonNode masked = ok(privacy, records(id), "{}");
    assertThat(masked.get("records")).hasSize(5);
    assertThat(masked.toString()).contains("+49170*****67").doesNotContain(HELD);
    String some = CLEAR.replace("}", ",\"subjects\":[\"+49 170 1234567\"]}");
    assertThat(ok(disclosure, records(id), some).toString()).contains(HELD).contains("\"clear\"");
    String others = CLEAR.replace("}", ",\"subjects\":[\"" + OTHER + "\"]}");
    assertThat(ok(privacy, records(id), others).get("records")).isEmpty();
    assertThat(trail(node.token())).contains("IDENTITIES_REVEALED").contains(id);
    // and: page by page
    JsonNode page = ok(privacy, records(id), "{\"limit\":3}");
    String cursor = page.get("next").textValue();
    JsonNode last = ok(privacy, records(id), "{\"limit\":3,\"cursor\":\"" + cursor + "\"}");
    assertThat(page.get("records").size() + last.get("records").size()).isEqualTo(5);
    // when
    ok(privacy, "/v1/holds/" + id + "/release", "{\"reason\":\"lifted\"}");
    // then: at once, and for good
    assertThat(ok(privacy, records(id), CLEAR).get("records")).isEmpty();
    awaitState(privacy, id, "released");
    assertThat(ok(privacy, records(id), CLEAR).get("records")).isEmpty();
  }

  @Test
  void shouldKeepASecretHoldsRecordsFromAllButItsRole() throws Exception {
    // given
    String secret = hold(disclosure, true);
    String unknown = secret.equals("H-00000000") ? "H-00000001" : "H-00000000";
    String before = trail(node.token());
    // then
    for (String body : new String[] {"{}", CLEAR, "{\"cursor\":\"x\"}"}) {
      HttpResponse<String> mine = post(privacy, records(secret), body);
      HttpResponse<String> none = post(privacy, records(unknown), body);
      assertThat(mine.statusCode()).isEqualTo(404).isEqualTo(none.statusCode());
      assertThat(mine.body()).isEqualTo(none.body());
    }
    assertThat(post(node.token(), records(secret), CLEAR).statusCode()).isEqualTo(403);
    assertThat(post(token("sue", Role.SUPPORT), records(secret), "{}").statusCode()).isEqualTo(403);
    assertThat(trail(node.token())).doesNotContain(secret).doesNotContain("\"who\":\"jane\"");
    assertThat(before).doesNotContain(secret);
    // when
    assertThat(ok(disclosure, records(secret), CLEAR).toString()).contains(HELD);
    // then: sealed
    assertThat(trail(node.token())).doesNotContain(secret).doesNotContain("IDENTITIES_REVEALED");
  }

  @Test
  void shouldRefuseWhatIsNotAsItMustBe() throws Exception {
    String id = hold(privacy, false);
    refused(id, "{\"subjects\":[]}", 422, "BAD_SCOPE");
    refused(id, "{\"subjects\":[\"+4917\"]}", 422, "BAD_SUBJECT");
    refused(id, "{\"subjects\":[\"ip:192.0.2.1\"]}", 422, "BAD_SUBJECT");
    refused(id, "{\"reveal\":true}", 400, "REASON_REQUIRED");
    refused(id, "{\"cursor\":\"x\"}", 400, "BAD_CURSOR");
    refused(id, "{\"subject\":\"" + HELD + "\"}", 400, "UNKNOWN_FIELD");
    refused("77", "{}", 400, "BAD_CASE_ID");
  }

  private void refused(String id, String body, int status, String code) throws Exception {
    HttpResponse<String> answer = post(privacy, records(id), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code).doesNotContain("4917");
  }
}
