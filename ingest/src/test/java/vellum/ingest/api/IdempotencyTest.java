package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** Requests that are sent again under their keys, to a real node whose clock is moved. */
final class IdempotencyTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String[] KEY = {"Idempotency-Key", "order-4711"};
  private static final String RECORDS = "/v1/records";
  private static final String BAD =
      "{\"foreign_id\":\"b\",\"started_at\":\"2026-11-20T10:00:00Z\",\"channel\":\"PIGEON\"}";
  private static final String GOOD =
      """
      {"foreign_id":"g","started_at":"2026-11-20T10:00:00Z","account":"acme","channel":"SMS",\
      "delivery":{"version":1,"status_group":"DELIVERED"}}""";
  private static final String ACCOUNTS =
      """
      format: 1
      accounts:
        - id: acme
          terms:
            - {from: 2020-01-01, billing_zone: UTC, currency: EUR, law_country: DE}
      """;

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(NodeFixture.NOW);
  private Node node;
  private Calls calls;

  @BeforeEach
  void start() {
    InstantSource clock = now::get;
    node = Node.open(NodeFixture.config(directory.resolve("data")), clock);
    calls = new Calls(node);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void restart() {
    node.close();
    start();
  }

  private static void same(HttpResponse<String> first, HttpResponse<String> second) {
    assertThat(second.statusCode()).isEqualTo(first.statusCode());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("content-type"))
        .isEqualTo(first.headers().firstValue("content-type"));
    assertThat(first.headers().firstValue("idempotent-replayed")).isEmpty();
    assertThat(second.headers().firstValue("idempotent-replayed")).hasValue("true");
  }

  private static void problem(int status, String code, HttpResponse<String> answer)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(MAPPER.readTree(answer.body()).path("code").asText()).isEqualTo(code);
  }

  @Test
  void shouldAnswerRecordsThatComeAgainAsBeforeAlsoAfterARestart() throws Exception {
    // given
    HttpResponse<String> first =
        calls.post(RECORDS, "application/json", "[" + GOOD + "," + BAD + "]", KEY);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(207);

    // when
    HttpResponse<String> second =
        calls.post(RECORDS, "application/json", "[" + GOOD + "," + BAD + "]", KEY);
    restart();
    HttpResponse<String> third =
        calls.post(RECORDS, "application/json", "[" + GOOD + "," + BAD + "]", KEY);

    // then
    same(first, second);
    same(first, third);
    String count = calls.get("/v1/records/count").body();
    assertThat(MAPPER.readTree(count).path("records").intValue()).isEqualTo(1);
    assertThat(MAPPER.readTree(count).path("duplicates").intValue()).isZero();
  }

  @Test
  void shouldRefuseTheKeyOfAnotherRequest() throws Exception {
    assertThat(calls.post(RECORDS, "application/json", GOOD, KEY).statusCode()).isEqualTo(200);

    problem(422, "IDEMPOTENCY_MISMATCH", calls.post(RECORDS, "application/json", GOOD + " ", KEY));
    problem(422, "IDEMPOTENCY_MISMATCH", calls.post(RECORDS, "application/x-ndjson", GOOD, KEY));
    problem(
        422,
        "IDEMPOTENCY_MISMATCH",
        calls.post("/v1/accounts/import", "application/yaml", ACCOUNTS, KEY));
    restart();
    problem(422, "IDEMPOTENCY_MISMATCH", calls.post(RECORDS, "application/json", GOOD + " ", KEY));
  }

  @Test
  void shouldSayThatTheDiskRefusedWhenTheYearsKeyCannotBeMade() throws Exception {
    // given a place for keys that takes no file
    Path keys = directory.resolve("data/keys");
    Path away = directory.resolve("data/away");
    Files.move(keys, away);
    // when, then
    problem(503, "STORE_UNAVAILABLE", calls.post(RECORDS, "application/json", GOOD, KEY));
    Files.move(away, keys);
    assertThat(calls.post(RECORDS, "application/json", GOOD, KEY).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldKeepAnAnswerForADay() throws Exception {
    assertThat(calls.post(RECORDS, "application/json", GOOD, KEY).statusCode()).isEqualTo(200);

    now.set(NodeFixture.NOW.plus(Duration.ofHours(24)).minusMillis(1));
    problem(422, "IDEMPOTENCY_MISMATCH", calls.post(RECORDS, "application/json", GOOD + " ", KEY));
    now.set(NodeFixture.NOW.plus(Duration.ofHours(24)));
    HttpResponse<String> next = calls.post(RECORDS, "application/json", GOOD + " ", KEY);

    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(next.headers().firstValue("idempotent-replayed")).isEmpty();
  }

  @Test
  void shouldKeepAnswersOverTheEndOfAYear() throws Exception {
    now.set(Instant.parse("2026-12-31T23:59:00Z"));
    HttpResponse<String> first = calls.post(RECORDS, "application/json", GOOD, KEY);

    now.set(Instant.parse("2027-01-01T00:01:00Z"));
    same(first, calls.post(RECORDS, "application/json", GOOD, KEY));
    problem(422, "IDEMPOTENCY_MISMATCH", calls.post(RECORDS, "application/json", GOOD + " ", KEY));
  }

  @Test
  void shouldAnswerOtherWritesThatComeAgainAsBefore() throws Exception {
    // when
    HttpResponse<String> first =
        calls.post("/v1/accounts/import", "application/yaml", ACCOUNTS, KEY);
    HttpResponse<String> second =
        calls.post("/v1/accounts/import", "application/yaml", ACCOUNTS, KEY);
    HttpResponse<String> without = calls.post("/v1/accounts/import", "application/yaml", ACCOUNTS);

    // then
    assertThat(MAPPER.readTree(first.body()).path("added").intValue()).isEqualTo(1);
    same(first, second);
    assertThat(MAPPER.readTree(without.body()).path("unchanged").intValue()).isEqualTo(1);
  }

  @Test
  void shouldDoAgainWhatWasRefused() throws Exception {
    problem(
        400,
        "BAD_ACCOUNT",
        calls.post("/v1/accounts/import", "application/yaml", "format: 1\naccounts: 7\n", KEY));

    HttpResponse<String> mended =
        calls.post("/v1/accounts/import", "application/yaml", ACCOUNTS, KEY);

    assertThat(mended.statusCode()).as(mended.body()).isEqualTo(200);
  }

  @Test
  void shouldRefuseKeysOutOfTheirBounds() throws Exception {
    for (String key : new String[] {"a b", "x".repeat(129)}) {
      problem(
          400,
          "BAD_IDEMPOTENCY_KEY",
          calls.post(RECORDS, "application/json", GOOD, "Idempotency-Key", key));
    }
  }

  @Test
  void shouldLeaveNoKeyOnTheDisk() throws Exception {
    calls.post(RECORDS, "application/json", GOOD, "Idempotency-Key", "key-491701234567");

    node.close();
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("491701234567");
      }
    }
    start();
  }
}
