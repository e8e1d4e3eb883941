package vellum.ingest.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.ingest.api.ApiServer;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.RejectionCode;

/** Real nodes, their clients and their HTTP callers, for tests. */
public final class NodeFixture {

  /** One for all calls: each client keeps connections, of which a server takes only so many. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What time it is for the nodes under test. */
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private NodeFixture() {}

  /** Small buffers and free ports, and what else is to be other than the defaults. */
  public static NodeConfig config(Path data, String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("journal.reserve_bytes=64 MiB");
    settings.add("journal.resume_bytes=80 MiB");
    settings.add("store.cache_bytes=16 MiB");
    return NodeConfig.load(null, Map.of(), settings).withData(data).withPorts(0, 0);
  }

  public static Node open(Path data) {
    return Node.open(config(data), InstantSource.fixed(NOW));
  }

  public static VellumClient client(InetSocketAddress address, String token, long epoch) {
    return VellumClient.open(
        ClientConfig.of("127.0.0.1", address.getPort(), "test", "one", epoch),
        ClientPorts.of(() -> token, new Random(1), NodeThreads.named("test-client")));
  }

  /** Made-up traffic of the two days before {@link #NOW}. */
  public static TrafficGenerator traffic(long seed, long records) {
    return new TrafficGenerator(
        GeneratorOptions.of(seed, records, NOW.minus(Duration.ofDays(2)), NOW)
            .withAccounts(20)
            .withSubscribers(10_000));
  }

  /** Sends all of it and waits for the answers; how many were taken. */
  public static long sendAll(VellumClient client, TrafficGenerator traffic) {
    Tally tally = new Tally();
    while (traffic.next()) {
      client.send(traffic.record(), tally);
    }
    client.flush(Duration.ofSeconds(30));
    return tally.taken.get();
  }

  /** The HTTP server of a node. */
  public static ApiServer api(Node node) {
    return node.api;
  }

  /** Calls the HTTP server of a node. */
  public static HttpResponse<String> call(
      InetSocketAddress address, String token, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
            .timeout(Duration.ofSeconds(40))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A token of a running node that never ends. */
  public static String token(Node node, String name, Set<Role> roles, AccountScope accounts)
      throws IOException, InterruptedException {
    ObjectNode body =
        new JsonMapper().createObjectNode().put("name", name).put("expires_at", "never");
    roles.forEach(role -> body.withArray("roles").add(role.text()));
    accounts.ids().forEach(account -> body.withArray("accounts").add(account));
    HttpResponse<String> made =
        call(node.httpAddress(), node.token(), "POST", "/v1/tokens", body.toString());
    return new JsonMapper().readTree(made.body()).get("token").textValue();
  }

  /** Counts answers. */
  static final class Tally implements Outcome {
    final AtomicLong taken = new AtomicLong();
    final AtomicLong rejected = new AtomicLong();

    @Override
    public void taken(long sequence) {
      taken.incrementAndGet();
    }

    @Override
    public void rejected(long sequence, RejectionCode code, String reason) {
      rejected.incrementAndGet();
    }

    @Override
    public void failed(ClientException cause) {
      // Shows as a record that is neither.
    }
  }
}
