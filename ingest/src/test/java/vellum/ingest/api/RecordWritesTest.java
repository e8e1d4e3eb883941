package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** Records over HTTP, into a real node. */
final class RecordWritesTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String NUMBER = "+491701234567";
  private static final String DAY = "/v1/records?account=acme&from=2026-11-20&to=2026-11-21";

  @TempDir private Path directory;
  private Node node;
  private Calls calls;

  @BeforeEach
  void start() {
    node = NodeFixture.open(directory.resolve("data"));
    calls = new Calls(node);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static String record(String id) {
    return """
        {"foreign_id":"%s","started_at":"2026-11-20T10:00:00Z","account":"acme","channel":"SMS",\
        "submission":{"version":1,"recipient":{"identifiers":[{"kind":"E164","value":"%s"}]}},\
        "rating":{"version":1,"units":1,"sale_price_nanos":"45000000","currency":"EUR"}}"""
        .formatted(id, NUMBER);
  }

  private static String event(String data) {
    return "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/g\",\"type\":\"t\",\"data\":%s}"
        .formatted(data);
  }

  private JsonNode taken(int status, HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return MAPPER.readTree(answer.body());
  }

  private void refused(int status, String code, HttpResponse<String> answer) throws Exception {
    JsonNode problem = taken(status, answer);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
  }

  private long count(String what) throws Exception {
    return taken(200, calls.get("/v1/records/count")).path(what).longValue();
  }

  @Test
  void shouldTakeEveryFormOfTheSameRecordOnce() throws Exception {
    String one = record("m-1");
    String csv =
        "foreign_id,started_at,account,channel,recipient,units,sale_price,currency\n"
            + "m-1,2026-11-20T10:00:00Z,acme,SMS,%s,1,0.045,EUR\n".formatted(NUMBER);
    List<HttpResponse<String>> answers =
        List.of(
            calls.post("/v1/records", "application/json", one),
            calls.post("/v1/records", "application/json", "[" + one + "]"),
            calls.post("/v1/records", "application/x-ndjson", one + "\n\n"),
            calls.post("/v1/records", "text/csv; charset=utf-8", csv),
            calls.post("/v1/records", "application/cloudevents+json", event(one)),
            calls.post("/v1/records", "application/cloudevents-batch+json", "[" + event(one) + "]"),
            calls.post(
                "/v1/records",
                "application/json",
                one,
                "ce-specversion",
                "1.0",
                "ce-id",
                "e",
                "ce-source",
                "/g",
                "ce-type",
                "t"));

    for (HttpResponse<String> answer : answers) {
      assertThat(taken(200, answer).path("accepted").intValue()).isEqualTo(1);
    }
    assertThat(count("records")).isEqualTo(1);
    assertThat(count("duplicates")).isEqualTo(answers.size() - 1L);
    JsonNode found = taken(200, calls.get(DAY)).at("/records/0");
    assertThat(found.at("/record/rating/sale_price_nanos").asText()).isEqualTo("45000000");
    assertThat(found.toString()).doesNotContain(NUMBER.substring(4));
  }

  @Test
  void shouldKeepWhatItAnsweredOverARestartAndSealIt() throws Exception {
    // given
    taken(200, calls.post("/v1/records", "application/json", record("m-1")));

    // when
    node.close();
    node = NodeFixture.open(directory.resolve("data"));
    calls = new Calls(node);

    // then
    assertThat(count("records")).isEqualTo(1);
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(NUMBER.substring(1));
      }
    }
  }

  @Test
  void shouldRejectRecordByRecordWithoutRepeatingAValue() throws Exception {
    // given: unreadable, good, refused by the sealer, good
    String body =
        "{\"foreign_id\":\"1\",\"started_at\":\"2026-11-20T10:00:00Z\",\"channel\":\"SMS\","
            + "\"account\":\"acme\",\"number\":\""
            + NUMBER
            + "\"}\n"
            + record("m-2")
            + "\n"
            + record("m-3").replace(NUMBER, "call me")
            + "\n"
            + record("m-4");

    // when
    JsonNode answer = taken(207, calls.post("/v1/records", "application/x-ndjson", body));

    // then
    assertThat(answer.path("accepted").intValue()).isEqualTo(2);
    assertThat(answer.path("rejected").intValue()).isEqualTo(2);
    assertThat(answer.path("rejections").findValuesAsText("index")).containsExactly("0", "2");
    assertThat(answer.path("rejections").findValuesAsText("code"))
        .containsExactly("UNKNOWN_FIELD", "BAD_E164");
    assertThat(answer.toString()).doesNotContain(NUMBER).doesNotContain("call me");
    assertThat(count("records")).isEqualTo(2);
  }

  @Test
  void shouldAnswerWithAProblemWhenNoneWasTaken() throws Exception {
    HttpResponse<String> answer =
        calls.post("/v1/records", "application/json", record("m-1").replace("SMS", "PIGEON"));

    refused(422, "ALL_REJECTED", answer);
    assertThat(MAPPER.readTree(answer.body()).at("/rejections/0/field").asText())
        .isEqualTo("channel");
  }

  @Test
  void shouldTakeNothingOfWhatIsNotRecords() throws Exception {
    String good = record("m-1");
    for (String broken : List.of("[" + good, "[" + good + ",", good + good, "7", "", "{")) {
      refused(400, "BAD_JSON", calls.post("/v1/records", "application/json", broken));
    }
    refused(400, "NO_RECORDS", calls.post("/v1/records", "application/json", "[]"));
    refused(400, "NO_RECORDS", calls.post("/v1/records", "application/x-ndjson", "\n"));
    refused(400, "BAD_HEADER", calls.post("/v1/records", "text/csv", "colour\nred\n"));
    refused(415, "NOT_RECORDS", calls.post("/v1/records", "text/plain", good));
    refused(
        415, "NOT_RECORDS", calls.post("/v1/records", "application/json; charset=latin1", good));
    refused(
        400,
        "BAD_EVENT",
        calls.post("/v1/records", "application/json", good, "ce-specversion", "1.0"));
    refused(400, "BAD_ACCOUNT", calls.post("/v1/records?account=", "application/json", good));
    assertThat(count("records")).isZero();
  }

  @Test
  void shouldBoundBodiesAndRecords() throws Exception {
    String many =
        IntStream.rangeClosed(0, ReadRecords.MOST)
            .mapToObj(i -> "{}")
            .collect(Collectors.joining("\n"));
    refused(413, "TOO_MANY_RECORDS", calls.post("/v1/records", "application/x-ndjson", many));
    String large = " ".repeat(RecordWrites.MOST_BYTES + 1);
    refused(413, "BODY_TOO_LARGE", calls.post("/v1/records", "application/x-ndjson", large));
    assertThat(count("records")).isZero();
  }

  @Test
  void shouldTakeAsManyAsMayBeAndListTheFirstRejections() throws Exception {
    String many =
        IntStream.range(0, ReadRecords.MOST)
            .mapToObj(i -> i % 4 == 0 ? "{}" : record("m-" + i))
            .collect(Collectors.joining("\n"));

    JsonNode answer = taken(207, calls.post("/v1/records", "application/x-ndjson", many));

    assertThat(answer.path("accepted").intValue()).isEqualTo(ReadRecords.MOST * 3 / 4);
    assertThat(answer.path("rejected").intValue()).isEqualTo(ReadRecords.MOST / 4);
    assertThat(answer.path("rejections")).hasSize(ReadRecords.MOST_LISTED);
    assertThat(answer.at("/codes/0/records").intValue()).isEqualTo(ReadRecords.MOST / 4);
    assertThat(count("records")).isEqualTo(ReadRecords.MOST * 3 / 4);
  }

  @Test
  void shouldTakeNoMoreBodiesThanMemoryIsMeantForThem() throws Exception {
    List<Socket> held = new ArrayList<>();
    try {
      // given three that have announced as much as a body may have, and send nothing
      for (int i = 0; i < 3; i++) {
        held.add(announce(RecordWrites.MOST_BYTES));
      }

      // when
      String fourth = firstLine(announced(held, RecordWrites.MOST_BYTES));

      // then a small one still gets through
      assertThat(fourth).startsWith("HTTP/1.1 429");
      taken(200, calls.post("/v1/records", "application/json", record("m-1")));
    } finally {
      for (Socket one : held) {
        one.close();
      }
    }
  }

  private Socket announced(List<Socket> held, int bytes) throws Exception {
    Socket socket = announce(bytes);
    held.add(socket);
    return socket;
  }

  /** Sends the head of a request, and reads that the server goes on with it. */
  private Socket announce(int bytes) throws Exception {
    Socket socket = new Socket("127.0.0.1", node.httpAddress().getPort());
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    List<String> head =
        List.of(
            "POST /v1/records HTTP/1.1",
            "Host: x",
            "Authorization: Bearer " + node.token(),
            "Content-Type: application/json",
            "Content-Length: " + bytes,
            "Expect: 100-continue",
            "",
            "");
    out.write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String line = firstLine(socket);
    assertThat(line).as("the head is read").startsWith("HTTP/1.1 100");
    return socket;
  }

  private static String firstLine(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int one = in.read(); one >= 0; one = in.read()) {
      if (one == '\n' && !line.toString().isBlank()) {
        break;
      }
      if (one != '\n' && one != '\r') {
        line.append((char) one);
      }
    }
    return line.toString();
  }
}
