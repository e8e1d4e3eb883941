package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordId;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.demo.UsageGenerator;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Submission;
import vellum.v1.UsageRecord;

/** Usage and content through a real node: streamed, looked up, and nowhere in clear on its disk. */
final class UsageNodeTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ACTOR = "Canary.Person@Planted.example";
  private static final String ADDRESS = "203.0.113.199";
  private static final String REFERENCE = "s3://planted-content/canary-88";

  @TempDir private Path directory;

  private static UsageRecord planted() {
    long millis = NodeFixture.NOW.minus(Duration.ofHours(3)).toEpochMilli();
    return UsageRecord.newBuilder()
        .setEventId(RecordId.derived(millis, "acme", "planted").toString())
        .setAt(com.google.protobuf.util.Timestamps.fromMillis(millis))
        .setAccount("acme")
        .setActor(ACTOR)
        .setAction("key.create")
        .setResource("planted-resource-17")
        .setIp(ADDRESS)
        .setUserAgent("planted-agent/3")
        .setResult("OK")
        .build();
  }

  private static DetailRecord withContent() {
    long millis = NodeFixture.NOW.minus(Duration.ofHours(2)).toEpochMilli();
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(millis, "acme", "content").toString())
        .setStartedAt(com.google.protobuf.util.Timestamps.fromMillis(millis))
        .setAccount("acme")
        .setChannel(Channel.SMS)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setRecipient(
                    Party.newBuilder()
                        .addIdentifiers(
                            Identifier.newBuilder()
                                .setKind(IdentifierKind.E164)
                                .setValue("+491701234567")))
                .setContentReference(REFERENCE)
                .setContentPolicy("P30D"))
        .build();
  }

  private static UsageGenerator usage(long events) {
    return new UsageGenerator(
        new UsageGenerator.Options(
            9,
            events,
            NodeFixture.NOW.minus(Duration.ofDays(40)),
            NodeFixture.NOW,
            List.of("acme", "globex"),
            25));
  }

  @Test
  void shouldStreamUsageBetweenRecordsAndFindItOverARestart() throws Exception {
    // given
    Path data = directory.resolve("data");
    List<UsageRecord> events = new ArrayList<>();
    long records;
    try (Node node = NodeFixture.open(data)) {
      TrafficGenerator traffic = NodeFixture.traffic(3, 2_000);
      UsageGenerator usage = usage(1_000);
      NodeFixture.Tally tally = new NodeFixture.Tally();
      try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
        while (traffic.next()) {
          client.send(traffic.record(), tally);
          if (usage.next()) {
            events.add(usage.event());
            client.sendUsage(usage.event(), tally);
          }
        }
        client.sendUsage(planted(), tally);
        client.sendUsage(planted(), tally);
        client.sendUsage(planted().toBuilder().setIp("no address").build(), tally);
        client.send(withContent(), tally);
        client.flush(Duration.ofSeconds(30));
      }
      records = traffic.distinctRecords() + 1;

      // then
      assertThat(tally.taken.get()).isEqualTo(traffic.messages() + events.size() + 3);
      assertThat(tally.rejected.get()).isEqualTo(1);
      check(node, events, records);
    }
    try (Node node = NodeFixture.open(data)) {
      check(node, events, records);
    }
    assertThat(data.resolve("usage/2026-11")).isDirectory();
    assertThat(data.resolve("content/2026-12-21")).isDirectory();
    assertNowhere(
        data, "anary", "lanted", ADDRESS, "203.0.113", "user1@acme", "198.51.", "content/c");
  }

  private static void check(Node node, List<UsageRecord> events, long records) throws Exception {
    assertThat(get(node, "/v1/records/count").get("records").longValue()).isEqualTo(records);

    ObjectNode all = question("acme");
    List<JsonNode> found = pages(node, all);
    long ofAcme = events.stream().filter(event -> event.getAccount().equals("acme")).count();
    assertThat(found).hasSize((int) ofAcme + 1);
    assertThat(found).allSatisfy(one -> assertThat(one.at("/event/ip").asText()).isEqualTo("***"));

    UsageRecord one = events.get(500);
    List<JsonNode> byActor =
        pages(
            node,
            question(one.getAccount())
                .put("actor", one.getActor())
                .put("reveal", true)
                .put("reason", "test"));
    assertThat(byActor)
        .hasSameSizeAs(
            events.stream().filter(event -> event.getActor().equals(one.getActor())).toList());
    assertThat(byActor).anyMatch(event -> isSame(event, one));

    List<JsonNode> byAddress =
        pages(
            node,
            question("acme")
                .put("ip", "::ffff:" + ADDRESS)
                .put("reveal", true)
                .put("reason", "test"));
    assertThat(byAddress).singleElement().matches(event -> isSame(event, planted()));
    assertThat(pages(node, question("globex").put("ip", ADDRESS))).isEmpty();

    String path = "/v1/records/" + withContent().getRecordId();
    assertThat(get(node, path + "?reveal=true&reason=test").toString()).contains(REFERENCE);
    assertThat(get(node, path).toString()).doesNotContain(REFERENCE).contains("+49170*****67");
  }

  private static boolean isSame(JsonNode node, UsageRecord event) {
    try {
      UsageRecord.Builder read = UsageRecord.newBuilder();
      JsonFormat.parser().merge(node.get("event").toString(), read);
      return read.build().equals(event);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldNameWhatIsWrongWithAQuestion() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      problem(node, "BAD_ACCOUNT", question("acme").put("account", ""));
      problem(node, "BAD_TIME", question("acme").put("from", "2027-01-01"));
      problem(node, "BAD_IP_ADDRESS", question("acme").put("ip", "localhost"));
      problem(node, "BAD_ACTOR", question("acme").put("actor", "J***@A***.example"));
      problem(node, "BAD_ACTOR", question("acme").put("actor", "x".repeat(300)));
      problem(node, "BAD_LIMIT", question("acme").put("limit", 0));
      problem(node, "BAD_CURSOR", question("acme").put("cursor", "x"));
      problem(node, "UNKNOWN_FIELD", question("acme").put("user", "jane"));
    }
  }

  private static ObjectNode question(String account) {
    return MAPPER
        .createObjectNode()
        .put("account", account)
        .put("from", "2026-09-01")
        .put("to", "2026-12-01");
  }

  private static List<JsonNode> pages(Node node, ObjectNode question) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    JsonNode answer;
    do {
      HttpResponse<String> response = post(node, question.put("limit", 100));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      answer = MAPPER.readTree(response.body());
      answer.get("events").forEach(found::add);
      question.put("cursor", answer.path("next").asText());
    } while (answer.has("next"));
    return found;
  }

  private static void problem(Node node, String code, ObjectNode question) throws Exception {
    HttpResponse<String> response = post(node, question);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(MAPPER.readTree(response.body()).get("code").textValue()).isEqualTo(code);
  }

  private static HttpResponse<String> post(Node node, ObjectNode question) throws Exception {
    return NodeFixture.call(
        node.httpAddress(), node.token(), "POST", "/v1/usage/find", question.toString());
  }

  private static JsonNode get(Node node, String path) throws Exception {
    return MAPPER.readTree(
        NodeFixture.call(node.httpAddress(), node.token(), "GET", path, "").body());
  }

  /** No file holds one of the texts, in one byte a character or in two. */
  private static void assertNowhere(Path data, String... texts) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(10);
    for (Path file : files) {
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      for (String text : texts) {
        assertThat(bytes.contains(text)).as(file + " holds " + text).isFalse();
        assertThat(bytes.contains(String.join("\0", text.split(""))))
            .as(file + " holds in UTF-16 " + text)
            .isFalse();
      }
    }
  }
}
