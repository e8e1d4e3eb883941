package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** Look-ups in lines, over a real node with many records of one account. */
final class RecordListTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int RECORDS = 20_000;
  private static final int BATCH = 10_000;
  private static final String ALL = "/v1/records?account=acme&from=2026-11-20&to=2026-11-21";

  /** Makes a record's line long. */
  private static final String STATUS = "s".repeat(60);

  @TempDir private static Path directory;
  private static Node node;
  private static Calls calls;

  @BeforeAll
  static void start() throws Exception {
    node = NodeFixture.open(directory.resolve("data"));
    calls = new Calls(node);
    for (int from = 0; from < RECORDS; from += BATCH) {
      StringBuilder body = new StringBuilder();
      for (int i = from; i < from + BATCH; i++) {
        body.append(
            """
            {"foreign_id":"m-%1$d","started_at":"2026-11-20T%2$02d:%3$02d:%4$02dZ","account":"acme",\
            "channel":"SMS","submission":{"version":1,"application":"%5$s","campaign":"%5$s",\
            "bulk_id":"%5$s","sub_account":"%5$s"},"delivery":{"version":1,\
            "status_group":"DELIVERED","status":"%5$s","error_code":"%5$s"}}
            """
                .formatted(i, i / 3_600, i / 60 % 60, i % 60, STATUS));
      }
      HttpResponse<String> sent =
          calls.post("/v1/records", "application/x-ndjson", body.toString());
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static HttpResponse<String> lines(String path) throws Exception {
    HttpResponse<String> answer = calls.get(path, "Accept", "application/x-ndjson");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    return answer;
  }

  private static List<JsonNode> read(String lines) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      all.add(MAPPER.readTree(line));
    }
    return all;
  }

  private static void problem(int status, String code, HttpResponse<String> answer)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(MAPPER.readTree(answer.body()).path("code").asText()).isEqualTo(code);
  }

  @Test
  void shouldAnswerWithAllRecordsOnceInOrder() throws Exception {
    List<JsonNode> all = read(lines(ALL).body());

    assertThat(all).hasSize(RECORDS);
    Set<String> ids = new HashSet<>();
    String before = "";
    for (JsonNode one : all) {
      ids.add(one.at("/record/record_id").asText());
      assertThat(one.at("/record/started_at").asText()).isGreaterThanOrEqualTo(before);
      before = one.at("/record/started_at").asText();
    }
    assertThat(ids).hasSize(RECORDS);
  }

  @Test
  void shouldWriteRecordsInAPageAsInLines() throws Exception {
    List<String> three = lines(ALL + "&limit=3").body().lines().toList();

    String page = calls.get(ALL + "&limit=3").body();

    String next = ",\"next\":\"" + MAPPER.readTree(page).path("next").asText() + '"';
    assertThat(page)
        .isEqualTo("{\"records\":[" + String.join(",", three).replace(next, "") + "]" + next + "}");
    assertThat(three.get(2)).endsWith(next + "}");
    assertThat(three.get(0))
        .startsWith("{\"month\":\"2026-11.default\",\"identities\":\"masked\",\"record\":{")
        .contains(
            "\"started_at\":\"2026-11-20T00:00:00Z\",\"account\":\"acme\",\"channel\":\"SMS\","
                + "\"submission\":{\"version\":\"1\",")
        .endsWith("\"error_code\":\"" + STATUS + "\"}}}");
  }

  @Test
  void shouldGoOnBehindACursorOfALine() throws Exception {
    // given
    List<JsonNode> all = read(lines(ALL).body());
    int last = RecordStream.PAGE * 3 - 1;
    String cursor = all.get(last).path("next").asText();
    assertThat(cursor).isNotEmpty();
    assertThat(all.get(last - 1).has("next")).isFalse();
    assertThat(all.get(RECORDS - 1).has("next")).isFalse();

    // when
    List<JsonNode> rest = read(lines(ALL + "&cursor=" + cursor).body());

    // then
    assertThat(rest).isEqualTo(all.subList(last + 1, RECORDS));
    List<JsonNode> few = read(lines(ALL + "&limit=300&cursor=" + cursor).body());
    assertThat(few).hasSize(300);
    assertThat(few.get(299).path("next").asText()).isNotEmpty();
  }

  @Test
  void shouldAnswerAsCsv() throws Exception {
    HttpResponse<String> answer = calls.get(ALL + "&limit=2", "Accept", "text/csv");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/csv");
    String[] rows = answer.body().split("\r\n");
    assertThat(rows).hasSize(3);
    assertThat(rows[0]).isEqualTo(String.join(",", RecordCsv.COLUMNS));
    assertThat(rows[1]).startsWith("2026-11.default,masked,").contains(",acme,SMS,", STATUS);
    assertThat(rows[1].split(",", -1)).hasSameSizeAs(RecordCsv.COLUMNS);
    assertThat(rows[1]).endsWith(",");
    assertThat(rows[2]).doesNotEndWith(",");
  }

  @Test
  void shouldChooseByAccept() throws Exception {
    String one = ALL + "&limit=1";
    for (String accept : List.of("*/*", "application/*", "application/json, text/csv;q=0.5")) {
      assertThat(calls.get(one, "Accept", accept).headers().firstValue("content-type").orElse(""))
          .startsWith("application/json");
    }
    assertThat(
            calls
                .get(one, "Accept", "application/json;q=0.2, text/csv")
                .headers()
                .firstValue("content-type")
                .orElse(""))
        .startsWith("text/csv");
    problem(406, "NOT_ACCEPTABLE", calls.get(one, "Accept", "application/xml"));
  }

  @Test
  void shouldStillSayWhatIsWrongWithTheQuestion() throws Exception {
    String[] accept = {"Accept", "application/x-ndjson"};
    problem(400, "BAD_TIME", calls.get("/v1/records?account=acme", accept));
    problem(400, "BAD_LIMIT", calls.get(ALL + "&limit=0", accept));
    problem(400, "BAD_CURSOR", calls.get(ALL + "&cursor=x", accept));
    problem(404, "UNKNOWN_ACCOUNT", calls.get(ALL.replace("acme", "nobody"), accept));
    assertThat(NodeFixture.api(node).records().streams()).isZero();
  }

  @Test
  void shouldReadNoFurtherThanASlowReader() throws Exception {
    RecordList records = NodeFixture.api(node).records();
    long before = records.pages();
    long whole = RECORDS / RecordStream.PAGE;
    try (Socket socket = new Socket()) {
      // given a reader with a small window that reads nothing
      socket.setReceiveBufferSize(4_096);
      socket.setSoTimeout(20_000);
      socket.connect(new InetSocketAddress("127.0.0.1", node.httpAddress().getPort()));
      ask(socket);

      // when
      long stalled = stalledAt(records, before);

      // then it waits, and others are answered meanwhile
      assertThat(records.streams()).isEqualTo(1);
      assertThat(stalled - before).as("pages of " + whole).isLessThan(whole * 3 / 4);
      assertThat(calls.get(ALL + "&limit=1").statusCode()).isEqualTo(200);

      // and goes on to the end when the reader does
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      long lines = in.lines().filter(line -> line.startsWith("{")).count();
      assertThat(lines).isEqualTo(RECORDS);
      assertThat(records.pages() - before).isEqualTo(whole);
    }
    awaitEnd(records);
  }

  @Test
  void shouldEndWhenTheReaderGoesAway() throws Exception {
    RecordList records = NodeFixture.api(node).records();
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress("127.0.0.1", node.httpAddress().getPort()));
      ask(socket);
      stalledAt(records, records.pages());
    }
    awaitEnd(records);
  }

  @Test
  void shouldEndWhenTheTokenIsRevoked() throws Exception {
    RecordList records = NodeFixture.api(node).records();
    JsonNode made =
        MAPPER.readTree(
            calls
                .post("/v1/tokens", "application/json", "{\"name\":\"s\",\"roles\":[\"support\"]}")
                .body());
    try (Socket socket = new Socket()) {
      // given
      socket.setReceiveBufferSize(4_096);
      socket.setSoTimeout(20_000);
      socket.connect(new InetSocketAddress("127.0.0.1", node.httpAddress().getPort()));
      ask(socket, made.get("token").asText());
      long stalled = stalledAt(records, records.pages());
      // when
      String revoke = "/v1/tokens/" + made.get("number").asText() + "/revoke";
      assertThat(calls.post(revoke, "application/json", "{\"reason\":\"lost\"}").statusCode())
          .isEqualTo(200);
      // then: what was read before is written, and the answer is broken off
      assertThat(linesUntilBroken(socket)).isLessThan(RECORDS);
      assertThat(records.pages()).isEqualTo(stalled);
    }
    awaitEnd(records);
  }

  private static long linesUntilBroken(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    long lines = 0;
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines += line.startsWith("{") ? 1 : 0;
      }
    } catch (SocketException e) {
      return lines; // Reset, with what was not sent.
    }
    return lines;
  }

  private static void ask(Socket socket) throws IOException {
    ask(socket, node.token());
  }

  private static void ask(Socket socket, String token) throws IOException {
    List<String> head =
        List.of(
            "GET " + ALL + " HTTP/1.1",
            "Host: x",
            "Authorization: Bearer " + token,
            "Accept: application/x-ndjson",
            "Connection: close",
            "",
            "");
    OutputStream out = socket.getOutputStream();
    out.write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Waits until pages were read and then none for half a second. */
  private static long stalledAt(RecordList records, long before) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    long last = before;
    long since = System.nanoTime();
    while (System.nanoTime() < deadline) {
      long now = records.pages();
      if (now != last) {
        last = now;
        since = System.nanoTime();
      } else if (now > before && System.nanoTime() - since > 500_000_000L) {
        return now;
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("pages are read without end: " + last);
  }

  private static void awaitEnd(RecordList records) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (records.streams() > 0) {
      assertThat(System.nanoTime()).as("streams still open").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
