package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.demo.UsageGenerator;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

final class UsageCommandsTest {

  private static final String EVENT =
      "{\"month\":\"2026-11.usage\",\"identities\":\"masked\",\"event\":{\"event_id\":\"e-1\","
          + "\"at\":\"2026-11-20T12:00:00Z\",\"account\":\"acme\",\"actor\":\"j***@a***.example\","
          + "\"action\":\"login\",\"ip\":\"***\",\"result\":\"OK\"}}";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("fake");
    server = FakeServer.start(data);
    terminal.with("VELLUM_DATA", data.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldAskInTheBodyAndFollowTheCursor() {
    server.answering(
        "POST /v1/usage/find",
        200,
        "{\"events\":[" + EVENT + "],\"next\":\"c1\"}",
        "{\"events\":[" + EVENT + "]}");

    int exitCode =
        terminal.run(
            "usage",
            "find",
            "--account",
            "acme",
            "--actor",
            "jane@acme.example",
            "--ip",
            "::1",
            "--from",
            "2026-11-01",
            "--to",
            "2026-12-01",
            "--output",
            "csv");

    assertThat(exitCode).isZero();
    assertThat(terminal.out().lines()).hasSize(3);
    assertThat(terminal.out()).contains("AT,ACCOUNT,ACTOR").contains("j***@a***.example,login");
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(0))
        .startsWith("POST /v1/usage/find {")
        .contains("\"actor\":\"jane@acme.example\"", "\"ip\":\"::1\"", "\"reveal\":false");
    assertThat(server.requests().get(1)).contains("\"cursor\":\"c1\"");
  }

  @Test
  void shouldRefuseASpanThatIsNone() {
    assertThat(
            terminal.run(
                "usage", "find", "--account", "acme", "--from", "2026-12-01", "--to", "2026-12-01"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldImportFilesAndFindTheirEvents() throws IOException {
    // given
    Path data = directory.resolve("data");
    Path file = directory.resolve("usage.ndjson");
    UsageGenerator generator =
        new UsageGenerator(
            new UsageGenerator.Options(
                3,
                200,
                NodeFixture.NOW.minus(Duration.ofDays(2)),
                NodeFixture.NOW,
                List.of("acme"),
                4));
    StringBuilder lines = new StringBuilder();
    while (generator.next()) {
      lines
          .append(JsonFormat.printer().omittingInsignificantWhitespace().print(generator.event()))
          .append('\n');
    }
    Files.writeString(file, lines + "{\"event_id\":\"no-id\",\"account\":\"acme\"}\nnothing\n");

    try (Node node = NodeFixture.open(data)) {
      assertThat(node.status().trouble()).isEmpty();
      // when
      int imported = terminal.run("usage", "import", file.toString(), "--data", data.toString());
      // then
      assertThat(imported).isEqualTo(ExitCode.PARTIAL);
      assertThat(terminal.err()).contains("line 201: BAD_ID", "line 202: BAD_JSON");

      // when
      int found =
          terminal.run(
              "usage",
              "find",
              "--account",
              "acme",
              "--from",
              "2026-11-01",
              "--to",
              "2026-12-01",
              "--output",
              "ndjson",
              "--data",
              data.toString());
      // then
      assertThat(found).isZero();
      assertThat(terminal.out().lines().filter(line -> line.contains("2026-11.usage")))
          .hasSize(200);
    }
  }
}
