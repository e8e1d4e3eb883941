package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;

/** Questions to a server that is asked too often. */
final class PatientCallsTest {

  private static final String FIND = "/v1/subjects/find";
  private static final ObjectNode QUESTION = JsonNodeFactory.instance.objectNode();

  @TempDir private Path data;
  private FakeServer server;
  private ServerCalls calls;
  private final List<String> waits = new ArrayList<>();
  private boolean waiting = true;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(data).answering("", 200, "{\"records\":7}");
    calls =
        new ServerCalls(
            Endpoint.of(data),
            (code, seconds) -> {
              waits.add(code + " " + seconds);
              return waiting;
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EndpointException.Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  @Test
  void shouldAskAgainWhenTheServerSaysWhen() {
    server.puttingOff("POST " + FIND, "TOO_MANY_LOOKUPS", 30, 20);
    server.puttingOff("GET /v1/records", "TOO_MANY_STREAMS", 1);

    assertThat(calls.ask(FIND, QUESTION).path("records").asInt()).isEqualTo(7);
    assertThat(calls.get("/v1/records").path("records").asInt()).isEqualTo(7);

    assertThat(waits)
        .containsExactly("TOO_MANY_LOOKUPS 30", "TOO_MANY_LOOKUPS 20", "TOO_MANY_STREAMS 1");
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void shouldWaitNoLongerThanAMinuteForOneRequest() {
    server.puttingOff("POST " + FIND, "TOO_MANY_LOOKUPS", 40, 21);

    refused("TOO_MANY_LOOKUPS", () -> calls.ask(FIND, QUESTION));

    assertThat(waits).containsExactly("TOO_MANY_LOOKUPS 40");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void shouldNotAskAgainWhenItDidNotWait() {
    server.puttingOff("GET /v1/records", "TOO_MANY_STREAMS", 1);
    waiting = false;

    refused("TOO_MANY_STREAMS", () -> calls.get("/v1/records"));

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldNeitherRepeatAChangeNorTryABadTokenAgain() {
    server.puttingOff("POST /v1/tokens", "TOO_MANY_KEYS", 1);
    server.puttingOff("GET /v1/caller", "TOO_MANY_ATTEMPTS", 1);

    refused("TOO_MANY_KEYS", () -> calls.post("/v1/tokens", QUESTION));
    refused("TOO_MANY_ATTEMPTS", () -> calls.get("/v1/caller"));

    assertThat(waits).isEmpty();
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void shouldSayOnTheCommandLineThatItWaits() {
    server.puttingOff("GET /v1/records/count", "TOO_MANY_STREAMS", 0);
    Terminal terminal = new Terminal().with("VELLUM_DATA", data.toString());

    assertThat(terminal.run("record", "count")).isZero();

    assertThat(terminal.out()).isEqualTo("7" + System.lineSeparator());
    assertThat(terminal.err())
        .contains("the server is asked too often (TOO_MANY_STREAMS): waiting 0 s");
  }
}
