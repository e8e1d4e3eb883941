package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordId;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** {@code vellum request} against a real node. */
final class RequestCommandsTest {

  private static final String NUMBER = "+491701234567";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    Path data = directory.resolve("data");
    node = NodeFixture.open(data);
    terminal.with("VELLUM_DATA", data.toString());
    String body =
        """
        [{"record_id":"%s","started_at":"2026-11-20T10:00:00Z","account":"acme","channel":"SMS",
          "submission":{"version":1,"recipient":{"identifiers":[{"kind":"E164","value":"%s"}]}}}]
        """
            .formatted(
                RecordId.derived(Instant.parse("2026-11-20T10:00:00Z").toEpochMilli(), "acme", "1"),
                NUMBER);
    assertThat(
            NodeFixture.call(node.httpAddress(), node.token(), "POST", "/v1/records", body)
                .statusCode())
        .isEqualTo(200);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldAnswerAPersonWhoseNumberCameFromStandardInput() throws IOException {
    // given
    terminal.typing("# people\n" + NUMBER + " 2026-01-01 2026-11-21\n");
    // when
    assertThat(
            terminal.run(
                "request", "access", "--number", "-", "--check", "card seen", "-o", "json"))
        .as(terminal.err())
        .isZero();
    String id = out().path("id").asText();
    assertThat(out().path("subjects").get(0).path("from").asText()).startsWith("2026-01-01");
    assertThat(terminal.err()).contains("is open", "request decide " + id);
    // then: not before the decision
    assertThat(terminal.run("request", "answer", id)).isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("NOT_DECIDED");
    assertThat(terminal.run("request", "extend", id, "--reason", "many accounts")).isZero();
    assertThat(terminal.run("request", "extend", id, "--reason", "more"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.run("request", "decide", id, "--grant", "--reason", "proved")).isZero();
    // when
    Path to = directory.resolve("answer");
    assertThat(terminal.run("request", "answer", id, "--to", to, "-o", "json"))
        .as(terminal.err())
        .isZero();
    // then
    assertThat(out().path("passphrase").asText()).contains("-");
    assertThat(out().path("answer").path("records").asInt()).isEqualTo(1);
    try (Stream<Path> files = Files.list(to)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("README.txt", "manifest.json.p7m", "records-000001.csv.p7m")
          .noneMatch(name -> name.endsWith(".making"));
    }
    assertThat(terminal.run("request", "show", id, "--answer")).isZero();
    assertThat(terminal.out()).contains("except where law requires").doesNotContain(NUMBER);
    assertThat(terminal.run("request", "close", id, "--reason", "handed over")).isZero();
    assertThat(terminal.run("request", "list", "--output", "csv")).isZero();
    assertThat(terminal.out()).contains(id + ",access,closed").doesNotContain(NUMBER);
  }

  @Test
  void shouldOnlyCountBeforeAnErasureIsMeant() throws IOException {
    // when
    assertThat(
            terminal.run(
                "request",
                "erase",
                "--number",
                NUMBER,
                "--held-from",
                "2026-01-01",
                "--check",
                "card seen",
                "-o",
                "json"))
        .as(terminal.err())
        .isZero();
    // then
    assertThat(out().path("records").asInt()).isEqualTo(1);
    assertThat(terminal.err()).contains("dry run");
    assertThat(terminal.run("subject", "find", NUMBER, "-o", "json")).isZero();
    assertThat(out()).hasSize(1);
    // when
    assertThat(
            terminal.run(
                "request",
                "erase",
                "--number",
                NUMBER,
                "--held-from",
                "2026-01-01",
                "--check",
                "card seen",
                "--yes",
                "--reason",
                "no ground to keep it"))
        .as(terminal.err())
        .isZero();
    // then
    assertThat(terminal.run("subject", "find", NUMBER, "-o", "json")).isZero();
    assertThat(out()).isEmpty();
  }

  @Test
  void shouldRefuseWithExitCodeFourWhatIsNotProved() {
    assertThat(terminal.run("request", "access", "--number", NUMBER, "--held-from", "2026-01-01"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("NO_IDENTITY_CHECK");
    assertThat(terminal.run("request", "access", "--number", NUMBER, "--check", "card seen"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("INTERVAL_MISSING");
    assertThat(
            terminal.run(
                "request",
                "access",
                "--number",
                "+4917",
                "--held-from",
                "2026-01-01",
                "--check",
                "card seen"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("BAD_NUMBER").doesNotContain("+4917");
    assertThat(terminal.run("request", "decide", "R-00000000", "--reason", "x"))
        .isEqualTo(ExitCode.USAGE);
  }

  private JsonNode out() throws IOException {
    return JSON.readTree(terminal.out());
  }
}
