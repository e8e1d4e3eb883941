package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeConfig;
import vellum.ingest.node.NodeFixture;
import vellum.ingest.node.SealedFixture;

/** A node whose key-encryption key is in a token, as its settings say; with SoftHSM. */
@Timeout(120)
final class TokenKeysTest {

  @TempDir private static Path directory;
  private static SoftHsmToken token;

  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void makeToken() throws Exception {
    token = SoftHsmToken.require(directory);
  }

  private static NodeConfig config(Path data, String... more) {
    List<String> settings = new ArrayList<>(token.settings());
    settings.addAll(List.of(more));
    return NodeFixture.config(data, settings.toArray(String[]::new));
  }

  private int unseal(Path data, String pin, Object... more) {
    List<Object> words = new ArrayList<>(List.of("key", "unseal", "--data", data));
    words.addAll(List.of(more));
    int exitCode = terminal.typing(pin + "\n").run(words.toArray());
    assertThat(terminal.out() + terminal.err()).doesNotContain(pin);
    return exitCode;
  }

  @Test
  void shouldOpenByAPinThatIsBroughtOrStandsInAFile() throws Exception {
    // given: a server without its PIN
    Path data = directory.resolve("data");
    try (SealedFixture sealed = SealedFixture.of(config(data))) {
      assertThat(sealed.start.isSealed()).isTrue();
      assertThat(unseal(data, SoftHsmToken.PIN)).isEqualTo(ExitCode.REFUSED);
      assertThat(terminal.err()).contains("NO_KEY_YET");
      assertThat(unseal(data, "0000-wrong", "--first")).isEqualTo(ExitCode.REFUSED);
      assertThat(terminal.err()).contains("WRONG_SECRET");
      // when
      int first = unseal(data, SoftHsmToken.PIN, "--first");
      // then
      assertThat(first).as(terminal.err()).isEqualTo(ExitCode.OK);
      Node node = sealed.node().orElseThrow();
      assertThat(terminal.run("key", "status", "--data", data, "--output", "json")).isZero();
      assertThat(terminal.out())
          .contains("\"provider\" : \"PKCS11\"", "\"erasure\" : \"HARDWARE\"");
      try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
        assertThat(NodeFixture.sendAll(client, NodeFixture.traffic(5, 50))).isPositive();
      }
    }
    try (SealedFixture sealed = SealedFixture.of(config(data))) {
      assertThat(sealed.start.isSealed()).isTrue();
      assertThat(unseal(data, "0000-wrong")).isEqualTo(ExitCode.REFUSED);
      assertThat(unseal(data, SoftHsmToken.PIN)).as(terminal.err()).isEqualTo(ExitCode.OK);
      assertThat(sealed.node()).isPresent();
    }
    Path pin = SealedFixture.secretFile(directory.resolve("pin"), SoftHsmToken.PIN);
    try (SealedFixture open = SealedFixture.of(config(data, "keys.secret_file=" + pin))) {
      // then
      assertThat(open.start.isSealed()).isFalse();
      assertThat(open.node()).isPresent();
      assertThat(terminal.run("record", "count", "--data", data)).isZero();
      assertThat(terminal.out()).isEqualTo("50\n");
    }
    assertThat(Files.readString(data.resolve("kek/current.kek")))
        .startsWith("vellum key-encryption-token 1\n");
  }
}
