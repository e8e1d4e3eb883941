package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.RejectionCode;

/** A node that is killed while records stream into it, and one that is told to end. */
final class NodeKillIT {

  private static final long SEED = 13;
  private static final long RECORDS = 60_000;

  @TempDir private Path directory;

  private Process child;

  @AfterEach
  void end() {
    if (child != null) {
      child.destroyForcibly().onExit().join();
    }
  }

  @Test
  void shouldCountEveryRecordOnceAfterKillsAndResends() throws Exception {
    // given
    Path data = directory.resolve("data");
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    for (int kill = 1; kill <= 2; kill++) {
      start(data);
      AtomicLong rejected = new AtomicLong();
      VellumClient client = NodeFixture.client(tcp(data), token(data), kill);
      TrafficGenerator traffic = NodeFixture.traffic(SEED, RECORDS);
      for (long sent = 0; sent < kill * 30_000L && traffic.next(); sent++) {
        client.send(traffic.record(), note(traffic.record().getRecordId(), acknowledged, rejected));
      }

      // when
      child.destroyForcibly().onExit().join();
      abandon(client);
      assertThat(rejected.get()).isZero();
      Files.delete(data.resolve("endpoint.json"));
    }
    assertThat(acknowledged.size()).as("killed in the middle").isBetween(1, (int) RECORDS - 1);

    // then
    long begin = System.nanoTime();
    start(data);
    System.out.println("started again in " + ms(begin) + " ms, the JVM included");
    long kept = count(data).get("records").longValue();
    assertThat(kept).as("none lost, none made up").isBetween((long) acknowledged.size(), RECORDS);

    // and when all is sent again
    TrafficGenerator traffic = NodeFixture.traffic(SEED, RECORDS);
    begin = System.nanoTime();
    try (VellumClient client = NodeFixture.client(tcp(data), token(data), 9)) {
      assertThat(NodeFixture.sendAll(client, traffic)).isEqualTo(traffic.messages());
    }
    long sentMs = ms(begin);
    JsonNode count = count(data);
    System.out.println(
        traffic.messages()
            + " messages acknowledged in "
            + sentMs
            + " ms, applied in "
            + ms(begin));
    assertThat(count.get("records").longValue()).isEqualTo(traffic.distinctRecords());
    assertThat(count.get("conflicts").longValue()).isZero();
  }

  @Test
  void shouldEndWhenItIsTold() throws Exception {
    Path data = directory.resolve("data");
    start(data);
    try (VellumClient client = NodeFixture.client(tcp(data), token(data), 1)) {
      NodeFixture.sendAll(client, NodeFixture.traffic(SEED, 2_000));
    }

    child.destroy();

    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(data.resolve("endpoint.json")).doesNotExist();
    try (Node node = NodeFixture.open(data)) {
      assertThat(node.status().applied().messages()).as("messages applied again").isZero();
    }
  }

  private void start(Path data) throws Exception {
    child = ChildNode.start(data, log());
    ChildNode.awaitEndpoint(child, data, log());
  }

  private static Outcome note(String id, Set<String> acknowledged, AtomicLong rejected) {
    return new Outcome() {
      @Override
      public void taken(long sequence) {
        acknowledged.add(id);
      }

      @Override
      public void rejected(long sequence, RejectionCode code, String reason) {
        rejected.incrementAndGet();
      }

      @Override
      public void failed(ClientException cause) {
        // Whether the record is kept is open.
      }
    };
  }

  /** Ends a client whose server is gone. */
  private static void abandon(VellumClient client) {
    try {
      client.flush(Duration.ofMillis(1));
    } catch (ClientException expected) {
      // Nobody answers.
    }
    Thread closer = NodeThreads.named("abandon").newThread(client::close);
    closer.start();
  }

  private Path log() {
    return directory.resolve("child.log");
  }

  private static long ms(long begin) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private static JsonNode count(Path data) throws Exception {
    return new JsonMapper()
        .readTree(
            NodeFixture.call(address(data, "http"), token(data), "GET", "/v1/records/count", "")
                .body());
  }

  private static InetSocketAddress tcp(Path data) throws Exception {
    return address(data, "tcp");
  }

  private static InetSocketAddress address(Path data, String kind) throws Exception {
    String text =
        new JsonMapper().readTree(data.resolve("endpoint.json").toFile()).get(kind).textValue();
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  private static String token(Path data) throws Exception {
    return Files.readString(data.resolve("token")).strip();
  }
}
