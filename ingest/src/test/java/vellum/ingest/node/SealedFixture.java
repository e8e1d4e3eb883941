package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A start of a node whose keys are under a passphrase, for tests; its node is opened beside. */
public final class SealedFixture implements AutoCloseable {

  public static final String SECRET = "correct horse battery staple";

  private static final JsonMapper MAPPER = new JsonMapper();

  public final NodeStart start;
  private final CompletableFuture<Optional<Node>> opened = new CompletableFuture<>();

  private SealedFixture(NodeConfig config, InstantSource clock) {
    start = NodeStart.begin(config, clock, () -> {});
    NodeThreads.named("test-open").newThread(this::open).start();
  }

  private void open() {
    try {
      opened.complete(start.open());
    } catch (InterruptedException | RuntimeException e) {
      opened.completeExceptionally(e);
    }
  }

  /** The provider passphrase, at a small cost. */
  public static NodeConfig config(Path data, String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("keys.provider=passphrase");
    settings.add("keys.argon2_memory_bytes=64 KiB");
    settings.add("keys.argon2_passes=1");
    settings.add("keys.argon2_lanes=1");
    return NodeFixture.config(data, settings.toArray(String[]::new));
  }

  /** A start with other settings. */
  public static SealedFixture of(NodeConfig config) {
    return new SealedFixture(config, InstantSource.fixed(NodeFixture.NOW));
  }

  public static SealedFixture begin(Path data, String... more) {
    return new SealedFixture(config(data, more), InstantSource.fixed(NodeFixture.NOW));
  }

  /** The same by the machine's clock, as certificates that were just made need it. */
  static SealedFixture beginNow(Path data, String... more) {
    return new SealedFixture(config(data, more), InstantSource.system());
  }

  /** A file that only its owner may read. */
  public static Path secretFile(Path file, String secret) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, secret + "\n");
  }

  /** Gives a secret to the waiting room, as the administrator. */
  public HttpResponse<String> unseal(String secret) throws IOException, InterruptedException {
    return unseal(start.token(), MAPPER.createObjectNode().put("secret", secret));
  }

  /** Gives a first secret. */
  public HttpResponse<String> unsealFirst(String secret) throws IOException, InterruptedException {
    return unseal(
        start.token(), MAPPER.createObjectNode().put("secret", secret).put("first", true));
  }

  HttpResponse<String> unseal(String token, ObjectNode body)
      throws IOException, InterruptedException {
    return call(token, "POST", "/v1/keys/unseal", body.toString());
  }

  /** Calls the waiting room. */
  HttpResponse<String> call(String token, String method, String path, String body)
      throws IOException, InterruptedException {
    return NodeFixture.call(start.httpAddress(), token, method, path, body);
  }

  /** The node, once it is open; empty when the start was closed. */
  public Optional<Node> node() throws Exception {
    return opened.get(60, TimeUnit.SECONDS);
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body());
  }

  static void refused(HttpResponse<String> answer, int status, String code) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("code").asText()).isEqualTo(code);
    assertThat(answer.body()).doesNotContain(SECRET);
  }

  /** Closes the node if there is one, and the start. */
  @Override
  public void close() throws Exception {
    start.close();
    Optional<Node> node = node();
    node.ifPresent(Node::close);
  }
}
