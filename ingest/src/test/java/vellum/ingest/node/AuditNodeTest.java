package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.audit.AuditConfig;
import vellum.core.audit.TrailCopy;
import vellum.core.audit.TrailVerification;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;

/** The audit trail of a running node: what is written to it, and what is not answered without. */
final class AuditNodeTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path directory;

  /** A text message, and the digits of the number that it went to. */
  private record Message(DetailRecord record, String digits) {

    String path() {
      return "/v1/records/" + record.getRecordId();
    }
  }

  private static Message message() {
    TrafficGenerator look = NodeFixture.traffic(11, 500);
    while (look.next()) {
      DetailRecord record = look.record();
      if (record.getChannel() == Channel.SMS && record.hasSubmission()) {
        return new Message(
            record,
            record.getSubmission().getRecipient().getIdentifiersList().stream()
                .filter(one -> one.getKind() == IdentifierKind.E164)
                .findFirst()
                .orElseThrow()
                .getValue()
                .replace("+", ""));
      }
    }
    throw new AssertionError("no text message");
  }

  private static void send(Node node) {
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, NodeFixture.traffic(11, 500));
    }
  }

  private static HttpResponse<String> call(Node node, String method, String path, String body)
      throws Exception {
    return NodeFixture.call(node.httpAddress(), node.token(), method, path, body);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(MAPPER.readTree(answer.body()).get("code").textValue()).isEqualTo(code);
  }

  private static List<JsonNode> entries(Node node) throws Exception {
    List<JsonNode> entries = new ArrayList<>();
    JsonNode all = MAPPER.readTree(call(node, "GET", "/v1/audit?limit=1000", "").body());
    all.path("entries").forEach(one -> entries.add(one.path("entry")));
    return entries;
  }

  private static JsonNode last(Node node) throws Exception {
    JsonNode all = MAPPER.readTree(call(node, "GET", "/v1/audit?last=1", "").body());
    return all.at("/entries/0/entry");
  }

  @Test
  void shouldWriteWhoLookedAtWhomAndWhyWithoutNamingThem() throws Exception {
    Message message = message();
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      send(node);
      // when a record is masked, then nobody writes it down
      long before = entries(node).size();
      assertThat(call(node, "GET", message.path(), "").statusCode()).isEqualTo(200);
      assertThat(entries(node)).hasSize((int) before);

      // when it is revealed for a reason
      HttpResponse<String> clear =
          call(node, "GET", message.path() + "?reveal=true&reason=complaint&case=C-117", "");
      assertThat(clear.body()).contains(message.digits());
      JsonNode entry = last(node);
      assertThat(entry.path("event").asText()).isEqualTo("IDENTITIES_REVEALED");
      assertThat(entry.path("outcome").asText()).isEqualTo("ANSWERED");
      assertThat(entry.path("who").asText()).isEqualTo("administrator");
      assertThat(entry.path("role").asText()).isEqualTo("administrator");
      assertThat(entry.path("means").asText()).isEqualTo("token");
      assertThat(entry.path("why").asText()).isEqualTo("complaint");
      assertThat(entry.path("case").asText()).isEqualTo("C-117");
      assertThat(entry.path("about").asText())
          .isEqualTo("record " + message.record().getRecordId());
      assertThat(entry.path("count").asInt()).isOne();

      // when a person is looked for, masked
      String question = "{\"subject\":\"+" + message.digits() + "\"}";
      assertThat(call(node, "POST", "/v1/subjects/find", question).statusCode()).isEqualTo(200);
      assertThat(last(node).path("event").asText()).isEqualTo("SUBJECT_LOOKED_UP");
      assertThat(last(node).path("about").asText()).endsWith("of class TEL");

      // when the usage log is asked for an address
      String usage = "{\"account\":\"acme\",\"from\":\"2026-11-01\",\"to\":\"2026-12-01\"%s}";
      long size = entries(node).size();
      assertThat(call(node, "POST", "/v1/usage/find", usage.formatted("")).statusCode())
          .isEqualTo(200);
      assertThat(entries(node)).hasSize((int) size);
      call(node, "POST", "/v1/usage/find", usage.formatted(",\"ip\":\"203.0.113.7\""));
      assertThat(last(node).path("event").asText()).isEqualTo("USAGE_LOOKED_UP");

      // then nobody is named
      assertThat(entries(node).toString())
          .contains("KEY_CREATED", "CONFIGURATION_LOADED", "AUDIT_KEY_USED")
          .doesNotContain(message.digits())
          .doesNotContain("203.0.113.7");
    }
  }

  @Test
  void shouldLimitLookUpsOfPeopleByNameAndWriteTheRefusalOnce() throws Exception {
    String question = "{\"subject\":\"+491701234567\"}";
    NodeConfig config = NodeFixture.config(directory.resolve("data"), "access.subject_lookups=2");
    try (Node node = Node.open(config, () -> NodeFixture.NOW)) {
      // given
      for (int i = 0; i < 2; i++) {
        assertThat(call(node, "POST", "/v1/subjects/find", question).statusCode()).isEqualTo(200);
      }

      // when
      HttpResponse<String> third = call(node, "POST", "/v1/subjects/find", question);

      // then
      assertProblem(third, 429, "TOO_MANY_LOOKUPS");
      assertThat(Long.parseLong(third.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(1L, 30L);
      assertThat(last(node).path("event").asText()).isEqualTo("SUBJECT_LOOKED_UP");
      assertThat(last(node).path("outcome").asText()).isEqualTo("REFUSED");
      int size = entries(node).size();
      String usage = "{\"account\":\"acme\",\"from\":\"2026-11-01\",\"to\":\"2026-12-01\"%s}";
      assertProblem(
          call(node, "POST", "/v1/usage/find", usage.formatted(",\"ip\":\"203.0.113.7\"")),
          429,
          "TOO_MANY_LOOKUPS");
      assertThat(entries(node)).as("told once a minute").hasSize(size);
      assertThat(call(node, "GET", "/metrics", "").body())
          .contains("vellum_http_lookups_refused_total 2.0");

      // and what is about nobody goes on, and so does everybody else
      assertThat(call(node, "POST", "/v1/usage/find", usage.formatted("")).statusCode())
          .isEqualTo(200);
      String other = NodeFixture.token(node, "other", Set.of(Role.PRIVACY), AccountScope.EVERY);
      assertThat(
              NodeFixture.call(node.httpAddress(), other, "POST", "/v1/subjects/find", question)
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void shouldRevealNothingWithoutAReasonThatIsOne() throws Exception {
    Message message = message();
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      send(node);
      String subject = "{\"subject\":\"+" + message.digits() + "\",\"reveal\":true%s}";
      long before = entries(node).size();

      HttpResponse<String> none = call(node, "GET", message.path() + "?reveal=true", "");
      assertProblem(none, 400, "REASON_REQUIRED");
      assertProblem(
          call(node, "GET", message.path() + "?reveal=true&reason=%20", ""),
          400,
          "REASON_REQUIRED");
      assertProblem(
          call(node, "GET", message.path() + "?reveal=true&reason=" + message.digits(), ""),
          400,
          "BAD_REASON");
      assertProblem(
          call(node, "GET", message.path() + "?reveal=true&reason=x&case=a@b.example", ""),
          400,
          "BAD_CASE");
      assertProblem(
          call(node, "POST", "/v1/subjects/find", subject.formatted("")), 400, "REASON_REQUIRED");
      assertProblem(
          call(node, "POST", "/v1/subjects/find", subject.formatted(",\"reason\":\"a\\nb\"")),
          400,
          "BAD_REASON");

      assertThat(none.body()).doesNotContain(message.digits());
      assertThat(entries(node)).hasSize((int) before);
      HttpResponse<String> revealed =
          call(node, "POST", "/v1/subjects/find", subject.formatted(",\"reason\":\"order\""));
      assertThat(revealed.body()).contains("\"identities\":\"clear\"");
      assertThat(last(node).path("event").asText()).isEqualTo("IDENTITIES_REVEALED");
    }
  }

  @Test
  void shouldSayThatTheFirstKeyEncryptionKeyIsMadeAndWhichSecretOpenedIt() throws Exception {
    Path secret = SealedFixture.secretFile(directory.resolve("secret"), SealedFixture.SECRET);
    NodeConfig config =
        SealedFixture.config(directory.resolve("data"), "keys.secret_file=" + secret);
    for (int start = 1; start <= 2; start++) {
      try (Node node = Node.open(config, () -> NodeFixture.NOW)) {
        JsonNode state = MAPPER.readTree(call(node, "GET", "/v1/keys", "").body());
        String key = "key " + state.path("current").asText();

        List<String> said =
            entries(node).stream()
                .filter(one -> one.path("who").asText().equals("vellum"))
                .map(one -> one.path("event").asText() + " " + one.path("outcome").asText())
                .filter(one -> one.matches("KEY_(UNSEALED|ENCRYPTION_CREATED) .*"))
                .toList();

        assertThat(said.subList(0, 4))
            .containsExactly(
                "KEY_UNSEALED BEGUN",
                "KEY_ENCRYPTION_CREATED BEGUN",
                "KEY_ENCRYPTION_CREATED DONE",
                "KEY_UNSEALED DONE");
        assertThat(said).hasSize(2 + 2 * start);
        assertThat(
                entries(node).stream()
                    .filter(one -> one.path("outcome").asText().equals("DONE"))
                    .map(one -> one.path("about").asText()))
            .filteredOn(key::equals)
            .hasSize(1 + start);
      }
    }
  }

  @Test
  void shouldWriteChangesBeforeAndBehindThem() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      // when
      call(node, "POST", "/v1/tokens", "{\"name\":\"ops\",\"roles\":[\"operator\"]}");
      call(node, "POST", "/v1/tokens/99/revoke", "{\"reason\":\"lost\"}");
      String terms = "{\"from\":\"2020-01-01\",\"billing_zone\":\"UTC\",\"currency\":\"EUR\",";
      HttpResponse<String> account =
          call(
              node,
              "PUT",
              "/v1/accounts/acme",
              "{\"terms\":[" + terms + "\"law_country\":\"DE\"}]}");
      // then
      assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
      List<JsonNode> all = entries(node);
      List<String> said =
          all.stream()
              .map(one -> one.path("event").asText() + " " + one.path("outcome").asText())
              .toList();
      assertThat(said)
          .containsSubsequence(
              "TOKEN_CREATED BEGUN",
              "TOKEN_CREATED DONE",
              "TOKEN_REVOKED BEGUN",
              "TOKEN_REVOKED REFUSED",
              "ACCOUNTS_CHANGED BEGUN",
              "ACCOUNTS_CHANGED DONE");
      JsonNode done = all.get(said.indexOf("TOKEN_CREATED DONE"));
      assertThat(done.path("of").asInt()).isEqualTo(said.indexOf("TOKEN_CREATED BEGUN"));
      assertThat(done.path("about").asText()).isEqualTo("token 2, ops, operator");
    }
  }

  @Test
  void shouldAnswerAndChangeNothingWithoutTheTrail() throws Exception {
    Message message = message();
    Node node = NodeFixture.open(directory.resolve("data"));
    try {
      send(node);
      assertThat(call(node, "GET", message.path(), "").statusCode()).isEqualTo(200);
      // given a store that takes nothing any more
      node.vault.control().close();
      // when, then
      HttpResponse<String> revealed =
          call(node, "GET", message.path() + "?reveal=true&reason=complaint", "");
      assertProblem(revealed, 503, "AUDIT_UNAVAILABLE");
      assertThat(revealed.body()).doesNotContain(message.digits());
      HttpResponse<String> found =
          call(node, "POST", "/v1/subjects/find", "{\"subject\":\"+" + message.digits() + "\"}");
      assertProblem(found, 503, "AUDIT_UNAVAILABLE");
      assertThat(found.body()).doesNotContain(message.record().getRecordId());
      assertProblem(
          call(node, "POST", "/v1/tokens", "{\"name\":\"ops\",\"roles\":[\"operator\"]}"),
          503,
          "AUDIT_UNAVAILABLE");
    } finally {
      closeAnyhow(node);
    }
  }

  private static void closeAnyhow(Node node) {
    try {
      node.close();
    } catch (NodeException.BadStop storeIsClosed) {
      // It cannot write its last checkpoint: that is what was tested.
    }
  }

  @Test
  void shouldLeaveATrailThatIsSignedToItsEndAndCopied() throws Exception {
    // given
    Path data = directory.resolve("data");
    Path place = Files.createDirectory(directory.resolve("second"));
    NodeConfig plain = NodeFixture.config(data);
    NodeConfig config =
        NodeConfig.load(
                null,
                java.util.Map.of(),
                List.of(
                    "journal.reserve_bytes=64 MiB",
                    "journal.resume_bytes=80 MiB",
                    "store.cache_bytes=16 MiB",
                    "audit.second_place=" + place))
            .withData(data)
            .withPorts(0, 0);
    assertThat(plain.audit()).isEqualTo(AuditConfig.defaults());
    // when
    for (NodeConfig each : List.of(plain, config, config)) {
      try (Node node = Node.open(each, InstantSource.fixed(NodeFixture.NOW))) {
        call(node, "POST", "/v1/subjects/find", "{\"subject\":\"+491701234567\"}");
      }
    }
    // then
    TrailCopy copy = TrailCopy.open(data, Files.createDirectory(directory.resolve("scratch")));
    List<String> lines = new ArrayList<>();
    copy.entries(line -> lines.add(new String(line, java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(lines.stream().filter(line -> line.contains("CONFIGURATION_CHANGED"))).hasSize(1);
    assertThat(lines.stream().filter(line -> line.contains("CONFIGURATION_LOADED"))).hasSize(2);
    TrailVerification verification = new TrailVerification(copy, List.of());
    try (Stream<Path> files = Files.list(place)) {
      for (Path one : files.toList()) {
        verification.addCheckpoint(Files.readString(one));
      }
    }
    TrailVerification.Verdict verdict = verification.run();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.entries()).isEqualTo(lines.size());
    assertThat(verdict.signed()).isEqualTo(lines.size());
    assertThat(place).isDirectoryContaining("glob:**.checkpoint");
  }
}
