package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientListener;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.server.Rig;
import vellum.ingest.tls.Certificates;
import vellum.ingest.tls.ClientTls;
import vellum.ingest.tls.ClientTlsConfig;

/** Certificates in place of tokens, at a real node: who has which name may do what. */
final class MutualTlsTest {

  @TempDir private static Path directory;

  /** Certificates are made for a year. */
  private static final Duration BEHIND_THEIR_END = Duration.ofDays(400);

  private static Certificates certificates;
  private static Node node;
  private static volatile Duration ahead = Duration.ZERO;

  @BeforeAll
  static void start() throws IOException {
    certificates = Certificates.in(directory.resolve("dev"));
    Certificates.Pair server = certificates.server();
    Path names =
        Files.writeString(
            directory.resolve("names.yaml"),
            """
            format: 1
            certificates:
              - san: gateway.example.com
                name: gateway
                roles: [producer]
              - san: spiffe://example.com/operations
                name: operations
                roles: [operator]
            """);
    node =
        Node.open(
            NodeConfig.load(
                    null,
                    Map.of(),
                    List.of(
                        "journal.reserve_bytes=64 MiB",
                        "journal.resume_bytes=80 MiB",
                        "store.cache_bytes=16 MiB",
                        "access.certificates=" + names,
                        "tls.certificate=" + server.certificate(),
                        "tls.key=" + server.key(),
                        "tls.client_ca=" + certificates.ca(),
                        "tls.ingest_clients=required",
                        "tls.http_clients=wanted"))
                .withData(directory.resolve("data"))
                .withPorts(0, 0),
            () -> Instant.now().plus(ahead));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static ClientTls tls(Certificates.Pair own) {
    return ClientTls.open(
        ClientTlsConfig.trusting(certificates.ca()).showing(own.certificate(), own.key()),
        InstantSource.system());
  }

  private static VellumClient client(String producer, String token, Certificates.Pair own) {
    return client(producer, ports(token, own));
  }

  private static ClientPorts ports(String token, Certificates.Pair own) {
    return ClientPorts.of(() -> token, new Random(1), NodeThreads.named("test-client"))
        .over(tls(own));
  }

  private static VellumClient client(String producer, ClientPorts ports) {
    return VellumClient.open(
        ClientConfig.of(
                "127.0.0.1", node.tcpAddress().getPort(), producer, "one", System.nanoTime())
            .waiting(16, 1_000, 1_000),
        ports);
  }

  /** Hears why a connection ended, and puts the clock right before the next. */
  private static final class Renewed implements ClientListener {
    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void incarnationChanged(int stream, long lastAnswered, long lastDurable) {
      reasons.add("restored");
    }

    @Override
    public void disconnected(int stream, String reason, long retryInMs) {
      reasons.add(reason);
      ahead = Duration.ZERO;
    }
  }

  private static TrafficGenerator traffic() {
    Instant now = Instant.now();
    return new TrafficGenerator(
        GeneratorOptions.of(3, 200, now.minus(Duration.ofDays(1)), now)
            .withAccounts(5)
            .withSubscribers(1_000));
  }

  @Test
  void shouldLetAProducerStreamByItsCertificateAlone() {
    TrafficGenerator traffic = traffic();
    try (VellumClient client =
        client("gateway", "", certificates.client("gateway", "gateway.example.com"))) {
      assertThat(NodeFixture.sendAll(client, traffic)).isEqualTo(traffic.messages());
    }
  }

  @Test
  void shouldEndAStreamWithItsCertificateAndTakeItAgainWithARenewedOne() {
    // given
    Renewed listener = new Renewed();
    TrafficGenerator traffic = traffic();
    Certificates.Pair own = certificates.client("gateway-4", "gateway.example.com");
    try (VellumClient client = client("gateway", ports("", own).telling(listener))) {
      traffic.next();
      client.send(traffic.record());
      client.flush(Duration.ofSeconds(10));

      // when
      ahead = BEHIND_THEIR_END;
      Rig.await("the stream's end", () -> !listener.reasons.isEmpty());

      // then
      assertThat(listener.reasons).containsExactly("CERTIFICATE_EXPIRED");
      traffic.next();
      client.send(traffic.record());
      client.flush(Duration.ofSeconds(10));
    } finally {
      ahead = Duration.ZERO;
    }
  }

  @Test
  void shouldRefuseACallOverAConnectionThatOutlivesItsCertificate() {
    ServerCalls operations =
        calls(certificates.client("operations-3", "spiffe://example.com/operations"));
    assertThat(operations.get("/v1/status").path("journal").isObject()).isTrue();

    ahead = BEHIND_THEIR_END;
    try {
      assertThatThrownBy(() -> operations.get("/v1/status"))
          .isInstanceOf(EndpointException.Refused.class);
    } finally {
      ahead = Duration.ZERO;
    }
  }

  @Test
  void shouldRefuseAProducerOfAnotherName() {
    refused("gateway", certificates.client("other", "other.example.com"), "certificate is known");
    refused(
        "somebody",
        certificates.client("gateway-2", "gateway.example.com"),
        "must have the name of its token or certificate");
    refused(
        "operations",
        certificates.client("operations-2", "spiffe://example.com/operations"),
        "needs one of the roles");
  }

  private static void refused(String producer, Certificates.Pair own, String why) {
    TrafficGenerator traffic = traffic();
    traffic.next();
    try (VellumClient client = client(producer, "", own)) {
      client.send(traffic.record());
      assertThatThrownBy(() -> client.flush(Duration.ofSeconds(10)))
          .isInstanceOf(ClientException.BadToken.class)
          .hasMessageContaining(why);
    }
  }

  @Test
  void shouldLetACallerAskByItsCertificateAlone() {
    ServerCalls operations =
        calls(certificates.client("operations", "spiffe://example.com/operations"));
    assertThat(operations.get("/v1/status").path("journal").isObject()).isTrue();

    ServerCalls unknown = calls(certificates.client("unknown", "unknown.example.com"));
    assertThatThrownBy(() -> unknown.get("/v1/status"))
        .isInstanceOf(EndpointException.Refused.class);

    ServerCalls producer = calls(certificates.client("gateway-3", "gateway.example.com"));
    assertThatThrownBy(() -> producer.get("/v1/status"))
        .isInstanceOfSatisfying(
            EndpointException.Problem.class, e -> assertThat(e.status()).isEqualTo(403));
  }

  private static ServerCalls calls(Certificates.Pair own) {
    String http = "127.0.0.1:" + node.httpAddress().getPort();
    return new ServerCalls(new Endpoint(http, http, "", tls(own), false));
  }
}
