package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node opens: with the administrator's token, and not to others without TLS and tokens. */
final class DoorsTest {

  @TempDir private Path directory;

  private static HttpResponse<String> status(Node node, String token) throws Exception {
    return NodeFixture.call(node.httpAddress(), token, "GET", "/v1/status", "");
  }

  @Test
  void shouldMakeTheAdministratorsTokenOnceAndExchangeItWhenItsFileIsDeleted() throws Exception {
    // given
    Path data = directory.resolve("data");
    String first;
    try (Node node = NodeFixture.open(data)) {
      first = node.token();
      assertThat(Files.readString(data.resolve("token"))).isEqualTo(first + "\n");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("token"))))
          .isEqualTo("rw-------");
    }
    try (Node node = NodeFixture.open(data)) {
      assertThat(node.token()).isEqualTo(first);
      assertThat(status(node, first).statusCode()).isEqualTo(200);
    }

    // when
    Files.delete(data.resolve("token"));

    // then
    try (Node node = NodeFixture.open(data)) {
      assertThat(node.token()).isNotEqualTo(first);
      assertThat(status(node, node.token()).statusCode()).isEqualTo(200);
      assertThat(status(node, first).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void shouldTakeTheTokenFileOfAnOlderVersion() throws Exception {
    Path data =
        Files.createDirectory(
            directory.resolve("data"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String old = "x".repeat(43);
    Files.writeString(
        Files.createFile(
            data.resolve("token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
        old + "\n");

    try (Node node = NodeFixture.open(data)) {
      assertThat(status(node, old).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldNotOpenToOthersWithoutTlsAndTokens() {
    Path data = directory.resolve("data");

    assertThatThrownBy(
            () ->
                Node.open(
                    NodeFixture.config(data, "http.host=0.0.0.0", "ingest.host=0.0.0.0"),
                    () -> NodeFixture.NOW))
        .isInstanceOf(NodeException.NotFit.class)
        .hasMessageContaining("ingest.host is 0.0.0.0, which others can reach, and TLS is off")
        .hasMessageContaining("http.host is 0.0.0.0")
        .hasMessageContaining("nobody could be let in");
    assertThat(data.resolve("token")).as("made at loopback only").doesNotExist();
  }

  @Test
  void shouldSayWhyItDoesNotOpen() {
    NodeConfig local = NodeConfig.defaults();
    Exposure.check(local, false, false);
    NodeConfig open = NodeFixture.config(directory, "http.host=0.0.0.0");
    Exposure.check(open, true, true);
    assertThatThrownBy(() -> Exposure.check(open, true, false))
        .hasMessageContaining("vellum token create")
        .hasMessageNotContaining("TLS is off");
    assertThatThrownBy(() -> Exposure.check(open, false, true))
        .hasMessageContaining("http.host is 0.0.0.0")
        .hasMessageNotContaining("ingest.host is")
        .hasMessageNotContaining("nobody could");
    Exposure.check(
        NodeFixture.config(directory, "http.host=::1", "ingest.host=localhost"), false, false);
  }

  @Test
  void shouldReadTheNamesOfCertificates() throws Exception {
    Path file =
        Files.writeString(directory.resolve("names.yaml"), "format: 1\ncertificates:\n  - {}\n");

    assertThatThrownBy(
            () ->
                Node.open(
                    NodeFixture.config(directory.resolve("data"), "access.certificates=" + file),
                    () -> NodeFixture.NOW))
        .isInstanceOf(NodeException.BadConfig.class)
        .hasMessageContaining("access.certificates: " + file + ": line 3");
  }
}
