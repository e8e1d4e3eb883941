package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProducerCommandsTest {

  private static final String GAP =
      "{\"producer\":\"sms, main\",\"instance\":\"pod-1\",\"stream\":0,\"epoch\":7,"
          + "\"first_sequence\":4,\"last_sequence\":9,\"missing\":6,\"cause\":\"skipped\","
          + "\"found_at\":\"2026-11-20T12:00:00.000001Z\",\"journal_sequence\":31}";
  private static final String STREAM =
      "{\"producer\":\"sms\",\"instance\":\"pod-1\",\"stream\":0,\"epoch\":7,"
          + "\"last_sequence\":12,\"last_seen\":\"2026-11-20T12:00:00Z\",\"gaps\":1,\"missing\":6}";

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

  private void gaps(String... bodies) {
    server.answering("GET /v1/producers/gaps", 200, bodies);
  }

  @Test
  void shouldFollowTheCursorAndShowPlainColumns() {
    gaps("{\"gaps\":[" + GAP + "],\"dropped\":2,\"next\":\"31\"}", "{\"gaps\":[" + GAP + "]}");

    int exitCode =
        terminal.run(
            "producer",
            "gaps",
            "--producer",
            "sms, main",
            "--from",
            "2026-11-01",
            "--to",
            "2026-12-01",
            "--output",
            "csv");

    assertThat(exitCode).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "found_at,producer,instance,stream,epoch,first_sequence,last_sequence,missing,cause,"
                + "journal_sequence",
            "2026-11-20T12:00:00.000001Z,\"sms, main\",pod-1,0,7,4,9,6,skipped,31",
            "2026-11-20T12:00:00.000001Z,\"sms, main\",pod-1,0,7,4,9,6,skipped,31");
    assertThat(terminal.err()).contains("2 gaps");
    assertThat(server.requests())
        .containsExactly(
            "GET /v1/producers/gaps?limit=1000&producer=sms%2C%20main"
                + "&from=2026-11-01T00%3A00%3A00Z&to=2026-12-01T00%3A00%3A00Z",
            "GET /v1/producers/gaps?limit=1000&producer=sms%2C%20main"
                + "&from=2026-11-01T00%3A00%3A00Z&to=2026-12-01T00%3A00%3A00Z&cursor=31");
  }

  @Test
  void shouldShowATableNdjsonAndJson() {
    gaps("{\"gaps\":[" + GAP + "],\"dropped\":2}");

    assertThat(terminal.run("producer", "gaps")).isZero();
    assertThat(terminal.out()).contains("FIRST SEQUENCE").contains("sms, main");
    assertThat(terminal.err()).contains("1 gap; 2 older ones dropped");
    assertThat(terminal.run("producer", "gaps", "-o", "ndjson")).isZero();
    assertThat(terminal.out().lines()).contains(GAP);
    assertThat(terminal.run("producer", "gaps", "-o", "json")).isZero();
    assertThat(terminal.out()).contains("\"journal_sequence\" : 31");
  }

  @Test
  void shouldSayThatThereIsNothing() {
    gaps("{\"gaps\":[],\"dropped\":0}");

    assertThat(terminal.run("producer", "gaps", "--output", "csv")).isZero();
    assertThat(terminal.out().lines()).hasSize(1);
    assertThat(terminal.err()).contains("0 gaps").doesNotContain("dropped");
  }

  @Test
  void shouldListStreams() {
    server.answering(
        "GET /v1/producers",
        200,
        "{\"producers\":[" + STREAM + "],\"next\":\"c m\"}",
        "{\"producers\":[" + STREAM + "]}");

    assertThat(terminal.run("producer", "list", "--output", "csv")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "producer,instance,stream,epoch,last_sequence,last_seen,gaps,missing",
            "sms,pod-1,0,7,12,2026-11-20T12:00:00Z,1,6",
            "sms,pod-1,0,7,12,2026-11-20T12:00:00Z,1,6");
    assertThat(terminal.err()).contains("2 streams");
    assertThat(server.requests().get(1)).isEqualTo("GET /v1/producers?limit=1000&cursor=c%20m");
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertThat(terminal.run("producer", "gaps", "--limit", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--limit must be at least 1");
    assertThat(terminal.run("producer", "gaps", "--from", "2026-12-01", "--to", "2026-11-01"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--from must be before --to");
    assertThat(server.requests()).isEmpty();

    server.answering(
        "GET /v1/producers/gaps",
        404,
        "{\"code\":\"UNKNOWN_PRODUCER\",\"detail\":\"no stream of that producer is known\"}");
    assertThat(terminal.run("producer", "gaps", "--producer", "x")).isEqualTo(ExitCode.FAILED);
    assertThat(terminal.err()).contains("no stream of that producer is known");
  }
}
