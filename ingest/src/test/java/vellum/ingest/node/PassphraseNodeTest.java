package vellum.ingest.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.CryptoException;
import vellum.ingest.client.VellumClient;

/** A node whose key-encryption key is behind a passphrase. */
final class PassphraseNodeTest {

  private static final String FIRST = "correct horse battery";
  private static final String SECOND = "staple battery horse";

  @TempDir private Path directory;

  private NodeConfig config(String... more) {
    Stream<String> cheap =
        Stream.of(
            "keys.provider=passphrase",
            "keys.argon2_memory_bytes=64 KiB",
            "keys.argon2_passes=1",
            "keys.argon2_lanes=1");
    return NodeFixture.config(
        directory.resolve("data"), Stream.concat(cheap, Stream.of(more)).toArray(String[]::new));
  }

  private NodeConfig under(String passphrase) throws IOException {
    Path file = directory.resolve("passphrase");
    Files.deleteIfExists(file);
    Files.writeString(file, passphrase + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    return config("keys.secret_file=" + file);
  }

  private static Node open(NodeConfig config) {
    return Node.open(config, InstantSource.fixed(NodeFixture.NOW));
  }

  private static JsonNode call(Node node, String method, String path, String body, int status)
      throws Exception {
    HttpResponse<String> answer =
        NodeFixture.call(node.httpAddress(), node.token(), method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("horse");
    return new JsonMapper().readTree(answer.body());
  }

  @Test
  void shouldMoveFromAFileAndChangeItsPassphraseWhileItRuns() throws Exception {
    // given: a node that began with a key in a file
    NodeConfig plain = NodeFixture.config(directory.resolve("data"));
    try (Node node = open(plain);
        VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, NodeFixture.traffic(7, 50));
      assertThat(call(node, "GET", "/v1/keys", "", 200).get("provider").textValue())
          .isEqualTo("FILE");
    }
    Path kek = directory.resolve("data/kek/current.kek");
    assertThat(Files.readString(kek)).startsWith("vellum key-encryption 1\n");
    String changed;
    // when
    try (Node node = open(under(FIRST))) {
      JsonNode before = call(node, "GET", "/v1/keys", "", 200);
      assertThat(before.get("provider").textValue()).isEqualTo("PASSPHRASE");
      assertThat(before.get("rotating").booleanValue()).isFalse();
      assertThat(before.get("month_keys").intValue()).isPositive();
      assertThat(before.get("wrapped_files").intValue())
          .isEqualTo(before.get("month_keys").intValue() + 3);
      String body = "{\"reason\":\"somebody left\",\"new_secret\":\"" + SECOND + "\"}";
      JsonNode rotated = call(node, "POST", "/v1/keys/rotate", body, 200);
      assertThat(rotated.get("from")).isEqualTo(before.get("current"));
      changed = rotated.get("to").textValue();
      String tooShort = "{\"reason\":\"x\",\"new_secret\":\"short horse\"}";
      assertThat(call(node, "POST", "/v1/keys/rotate", tooShort, 400).get("code").textValue())
          .isEqualTo("BAD_SECRET");
      assertThat(call(node, "POST", "/v1/keys/rotate", "{}", 400).get("code").textValue())
          .isEqualTo("BAD_REASON");
      assertThat(ordered(node)).containsExactly("BEGUN", "DONE", "BEGUN", "REFUSED");
    }
    // then
    assertThatThrownBy(() -> open(under(FIRST))).isInstanceOf(CryptoException.WrongSecret.class);
    assertThatThrownBy(() -> open(config())).isInstanceOf(CryptoException.Sealed.class);
    try (Node node = open(under(SECOND))) {
      assertThat(call(node, "GET", "/v1/keys", "", 200).get("current").textValue())
          .isEqualTo(changed);
    }
    assertThat(Files.readString(kek)).startsWith("vellum key-encryption-passphrase 1\n");
    assertThat(filesThatHold(directory.resolve("data"), "horse")).isEmpty();
  }

  private static List<String> ordered(Node node) throws Exception {
    HttpResponse<String> answer =
        NodeFixture.call(node.httpAddress(), node.token(), "GET", "/v1/audit?limit=100", "");
    assertThat(answer.body()).doesNotContain("horse");
    return Stream.of(answer.body().split("\\{"))
        .filter(entry -> entry.contains("KEY_ROTATION_ORDERED"))
        .map(entry -> entry.replaceAll("(?s).*\"outcome\":\"([A-Z]+)\".*", "$1"))
        .toList();
  }

  private static List<Path> filesThatHold(Path place, String text) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
