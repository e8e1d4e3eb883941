package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.journal.JournalException;
import vellum.ingest.api.Status;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;

final class NodeTest {

  private static final long SEED = 7;

  @TempDir private Path directory;

  @Test
  void shouldKeepWhatWasStreamedOverARestart() throws Exception {
    // given
    Path data = directory.resolve("data");
    long distinct;
    String token;
    String counts;
    try (Node node = NodeFixture.open(data)) {
      token = node.token();
      TrafficGenerator traffic = NodeFixture.traffic(SEED, 20_000);
      try (VellumClient client = NodeFixture.client(node.tcpAddress(), token, 1)) {
        long begin = System.nanoTime();
        long taken = NodeFixture.sendAll(client, traffic);
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        System.out.println(taken + " messages acknowledged in " + ms + " ms");
        assertThat(taken).isEqualTo(traffic.messages());
      }
      distinct = traffic.distinctRecords();
      counts = count(node).toString();
      assertThat(count(node).get("records").longValue()).isEqualTo(distinct);
    }
    assertThat(data.resolve("endpoint.json")).doesNotExist();

    // when
    try (Node node = NodeFixture.open(data)) {
      // then
      Status status = node.status();
      assertThat(status.applied().messages()).as("messages applied again").isZero();
      assertThat(status.floor()).isEqualTo(status.journal().forced());
      assertThat(node.token()).isEqualTo(token);
      assertThat(count(node).toString()).isEqualTo(counts);

      // and when all is sent again
      TrafficGenerator again = NodeFixture.traffic(SEED, 20_000);
      try (VellumClient client = NodeFixture.client(node.tcpAddress(), token, 2)) {
        NodeFixture.sendAll(client, again);
      }
      assertThat(count(node).get("records").longValue()).isEqualTo(distinct);
    }
  }

  @Test
  void shouldWriteItsEndpointForItsOwnerOnly() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      Path file = directory.resolve("data/endpoint.json");

      JsonNode endpoint = new JsonMapper().readTree(file.toFile());

      assertThat(endpoint.get("http").textValue())
          .isEqualTo("127.0.0.1:" + node.httpAddress().getPort());
      assertThat(endpoint.get("tcp").textValue())
          .isEqualTo("127.0.0.1:" + node.tcpAddress().getPort());
      assertThat(endpoint.get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
      assertThat(endpoint.get("startedAt").textValue()).isEqualTo(NodeFixture.NOW.toString());
      for (Path secret : new Path[] {file, directory.resolve("data/token")}) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
            .isEqualTo("rw-------");
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void shouldRefuseADirectoryThatAnotherNodeHas() {
    Path data = directory.resolve("data");
    try (Node node = NodeFixture.open(data)) {
      assertThat(node.status().trouble()).isEmpty();

      assertThatThrownBy(() -> NodeFixture.open(data)).isInstanceOf(JournalException.Locked.class);

      assertThat(data.resolve("endpoint.json")).as("the running node's").exists();
    }
  }

  @Test
  void shouldCloseWhatItOpenedWhenItCannotListen() throws IOException {
    Path data = directory.resolve("data");
    try (Node other = NodeFixture.open(directory.resolve("other"))) {
      NodeConfig taken = NodeFixture.config(data).withPorts(0, other.httpAddress().getPort());

      assertThatThrownBy(() -> Node.open(taken, () -> NodeFixture.NOW))
          .hasMessageContaining("cannot listen at 127.0.0.1:");
    }

    try (Node node = NodeFixture.open(data)) {
      assertThat(node.status().trouble()).isEmpty();
    }
  }

  @Test
  void shouldLetWaitersGoWhenItIsClosed() throws Exception {
    Node node = NodeFixture.open(directory.resolve("data"));

    node.close();
    node.close();

    assertThat(node.awaitStop()).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> count(node)).isInstanceOf(IOException.class);
  }

  private static JsonNode count(Node node) throws Exception {
    return new JsonMapper()
        .readTree(
            NodeFixture.call(node.httpAddress(), node.token(), "GET", "/v1/records/count", "")
                .body());
  }
}
