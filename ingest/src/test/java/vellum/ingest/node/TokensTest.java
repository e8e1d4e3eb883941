package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.access.TokenRequest;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;

/** Tokens of a running server: made, used over HTTP and TCP, revoked. */
final class TokensTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path directory;

  private static HttpResponse<String> call(
      Node node, String token, String method, String path, String body) throws Exception {
    return NodeFixture.call(node.httpAddress(), token, method, path, body);
  }

  @Test
  void shouldMakeListAndRevokeTokens() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      // given
      JsonNode made =
          MAPPER.readTree(
              call(
                      node,
                      node.token(),
                      "POST",
                      "/v1/tokens",
                      "{\"name\":\"ops\",\"roles\":[\"operator\",\"administrator\"],"
                          + "\"expires_at\":\"2026-12-01T00:00:00Z\"}")
                  .body());
      String token = made.get("token").textValue();
      assertThat(token).startsWith("vellum_");
      assertThat(made.get("created_by").textValue()).isEqualTo("administrator");

      // when
      HttpResponse<String> list = call(node, token, "GET", "/v1/tokens", "");
      HttpResponse<String> dry =
          call(node, token, "POST", "/v1/tokens/2/revoke", "{\"dry_run\":true}");
      HttpResponse<String> last =
          call(node, token, "POST", "/v1/tokens/1/revoke", "{\"reason\":\"x\"}");

      // then
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body()).doesNotContain(token).doesNotContain("hash");
      assertThat(MAPPER.readTree(list.body()).at("/tokens/1/state").textValue()).isEqualTo("good");
      assertThat(dry.statusCode()).isEqualTo(200);
      assertThat(last.statusCode()).isEqualTo(409);
      assertThat(MAPPER.readTree(last.body()).get("code").textValue())
          .isEqualTo("LAST_ADMINISTRATOR");

      // and when it is revoked
      HttpResponse<String> revoked =
          call(node, node.token(), "POST", "/v1/tokens/2/revoke", "{\"reason\":\"lost\"}");

      // then
      assertThat(MAPPER.readTree(revoked.body()).get("state").textValue()).isEqualTo("revoked");
      assertThat(call(node, token, "GET", "/v1/tokens", "").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void shouldEndTokensAfterAYearUnlessAskedOtherwise() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      String usual = "{\"name\":\"ops\",\"roles\":[\"operator\"]}";
      String never = "{\"name\":\"ops\",\"roles\":[\"operator\"],\"expires_at\":\"never\"}";
      String longest =
          "{\"name\":\"ops\",\"roles\":[\"operator\"],\"expires_at\":\"2036-11-21T12:00:00Z\"}";

      // when
      JsonNode first = made(node, usual);
      JsonNode second = made(node, never);
      JsonNode third = made(node, longest);

      // then
      assertThat(first.get("expires_at").textValue())
          .isEqualTo(NodeFixture.NOW.plus(TokenRequest.DEFAULT_LIFE).toString());
      assertThat(second.has("expires_at")).isFalse();
      assertThat(third.get("expires_at").textValue()).isEqualTo("2036-11-21T12:00:00Z");
      // and: that a name was given before is said
      assertThat(first.has("same_name")).isFalse();
      assertThat(second.get("same_name").toString()).isEqualTo("[2]");
      assertThat(third.get("same_name").toString()).isEqualTo("[2,3]");
    }
  }

  private static JsonNode made(Node node, String body) throws Exception {
    HttpResponse<String> answer = call(node, node.token(), "POST", "/v1/tokens", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  @Test
  void shouldNameWhatIsWrongWithARequestForAToken() throws Exception {
    Map<String, String> bad =
        Map.of(
            "{\"roles\":[\"billing\"]}", "BAD_TOKEN_REQUEST",
            "{\"name\":\"a\",\"roles\":[]}", "BAD_TOKEN_REQUEST",
            "{\"name\":\"a\",\"roles\":[\"boss\"]}", "BAD_TOKEN_REQUEST",
            "{\"name\":\"a\",\"roles\":\"billing\"}", "BAD_FIELD",
            "{\"name\":\"a\",\"roles\":[\"billing\"],\"accounts\":[]}", "BAD_TOKEN_REQUEST",
            "{\"name\":\"a\",\"roles\":[\"billing\"],\"accounts\":[7]}", "BAD_FIELD",
            "{\"name\":\"a\",\"roles\":[\"billing\"],\"expires_at\":\"tomorrow\"}", "BAD_TIME",
            "{\"name\":\"a\",\"roles\":[\"billing\"],\"expires_at\":\"2020-01-01T00:00:00Z\"}",
                "BAD_TOKEN_REQUEST",
            "{\"name\":\"a\",\"roles\":[\"billing\"],\"expires_at\":\"2036-11-22T12:00:01Z\"}",
                "BAD_TOKEN_REQUEST",
            "{\"name\":\"a\",\"roles\":[\"billing\"],\"admin\":true}", "UNKNOWN_FIELD");
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      for (Map.Entry<String, String> one : bad.entrySet()) {
        HttpResponse<String> answer = call(node, node.token(), "POST", "/v1/tokens", one.getKey());
        assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(400);
        assertThat(MAPPER.readTree(answer.body()).get("code").textValue())
            .as(one.getKey())
            .isEqualTo(one.getValue());
      }
      HttpResponse<String> none =
          call(node, node.token(), "POST", "/v1/tokens/9/revoke", "{\"reason\":\"x\"}");
      assertThat(MAPPER.readTree(none.body()).get("code").textValue()).isEqualTo("NO_SUCH_TOKEN");
      assertThat(
              MAPPER
                  .readTree(call(node, node.token(), "GET", "/v1/tokens", "").body())
                  .get("tokens"))
          .hasSize(1);
    }
  }

  @Test
  void shouldLimitBadTokensOfAnAddressAndLetGoodOnesIn() throws Exception {
    NodeConfig config = NodeFixture.config(directory.resolve("data"), "access.failed_attempts=3");
    try (Node node = Node.open(config, () -> NodeFixture.NOW)) {
      for (int i = 0; i < 3; i++) {
        assertThat(call(node, "vellum_bad" + i, "GET", "/v1/status", "").statusCode())
            .isEqualTo(401);
      }
      HttpResponse<String> limited = call(node, "vellum_bad", "GET", "/v1/status", "");
      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(MAPPER.readTree(limited.body()).get("code").textValue())
          .isEqualTo("TOO_MANY_ATTEMPTS");
      assertThat(Long.parseLong(limited.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(1L, 20L);
      assertThat(call(node, node.token(), "GET", "/v1/status", "").statusCode()).isEqualTo(200);
    }
  }

  private static VellumClient client(Node node, String producer, String token) {
    return VellumClient.open(
        ClientConfig.of("127.0.0.1", node.tcpAddress().getPort(), producer, "one", 1),
        ClientPorts.of(() -> token, new Random(1), NodeThreads.named("test-client")));
  }

  /** Sends some traffic; how many messages were taken. */
  private static long send(VellumClient client, long seed) {
    return NodeFixture.sendAll(client, NodeFixture.traffic(seed, 40));
  }

  @Test
  void shouldLetAProducerStreamUnderItsNameAndOnlyForItsAccounts() throws Exception {
    TrafficGenerator look = NodeFixture.traffic(3, 40);
    assertThat(look.next()).isTrue();
    String account = look.record().getAccount();
    long messages = 1;
    long mine = 1;
    while (look.next()) {
      messages++;
      mine += look.record().getAccount().equals(account) ? 1 : 0;
    }
    assertThat(mine).isLessThan(messages);
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      String all = NodeFixture.token(node, "smsc-1", Set.of(Role.PRODUCER), AccountScope.EVERY);
      String some =
          NodeFixture.token(
              node, "smsc-2", Set.of(Role.PRODUCER), new AccountScope(Set.of(account)));
      String billing = NodeFixture.token(node, "bill", Set.of(Role.BILLING), AccountScope.EVERY);

      try (VellumClient client = client(node, "smsc-2", some)) {
        assertThat(send(client, 3)).isEqualTo(mine);
      }
      try (VellumClient client = client(node, "smsc-1", all)) {
        assertThat(send(client, 3)).isEqualTo(messages);
      }
      refuses(node, "smsc-2", all);
      refuses(node, "bill", billing);
      refuses(node, "smsc-1", "vellum_bad");
    }
  }

  private static void refuses(Node node, String producer, String token) {
    try (VellumClient client = client(node, producer, token)) {
      assertThatThrownBy(() -> send(client, 4)).isInstanceOf(ClientException.BadToken.class);
    }
  }

  @Test
  void shouldEndAProducersConnectionWhenItsTokenIsRevoked() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      String token = NodeFixture.token(node, "smsc-1", Set.of(Role.PRODUCER), AccountScope.EVERY);
      try (VellumClient client = client(node, "smsc-1", token)) {
        assertThat(send(client, 3)).isPositive();

        // when
        HttpResponse<String> revoked =
            call(node, node.token(), "POST", "/v1/tokens/2/revoke", "{\"reason\":\"lost\"}");
        assertThat(revoked.statusCode()).isEqualTo(200);

        // then
        assertThatThrownBy(() -> send(client, 4)).isInstanceOf(ClientException.BadToken.class);
      }
    }
  }

  @Test
  void shouldEndAProducersConnectionWhenItsTokenExpires() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NodeFixture.NOW);
    try (Node node = Node.open(NodeFixture.config(directory.resolve("data")), now::get)) {
      HttpResponse<String> made =
          call(
              node,
              node.token(),
              "POST",
              "/v1/tokens",
              "{\"name\":\"smsc-1\",\"roles\":[\"producer\"],\"expires_at\":\""
                  + NodeFixture.NOW.plusSeconds(60)
                  + "\"}");
      String token = MAPPER.readTree(made.body()).get("token").textValue();
      try (VellumClient client = client(node, "smsc-1", token)) {
        assertThat(send(client, 3)).isPositive();

        now.set(NodeFixture.NOW.plusSeconds(60));

        assertThatThrownBy(() -> send(client, 4)).isInstanceOf(ClientException.BadToken.class);
      }
    }
  }
}
