package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.ingest.client.VellumClient;

/** A lost key is a reason to stop, never to make a new one. */
final class KeyCheckTest {

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void keepSomeRecords() throws Exception {
    data = directory.resolve("data");
    try (Node node = NodeFixture.open(data);
        VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, NodeFixture.traffic(7, 50));
    }
  }

  @Test
  void shouldNotStartWithoutAMonthsKey() throws IOException {
    Path key = keys().get(0);
    Files.delete(key);

    assertThatThrownBy(() -> NodeFixture.open(data))
        .isInstanceOf(NodeException.NotFit.class)
        .hasMessageContaining(String.valueOf(key.getFileName()))
        .hasMessageContaining("restore it");
    assertThat(key).doesNotExist();
  }

  @Test
  void shouldNotStartWithoutTheKeyEncryptionKey() throws IOException {
    Path kek = data.resolve("kek");
    new RealDisk().deleteTree(kek);

    assertThatThrownBy(() -> NodeFixture.open(data))
        .isInstanceOf(NodeException.NotFit.class)
        .hasMessageContaining("is missing, but keys that it wraps");
    try (Stream<Path> made = Files.walk(kek)) {
      assertThat(made.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private List<Path> keys() throws IOException {
    try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
      return keys.filter(key -> key.toString().endsWith(".key")).sorted().toList();
    }
  }
}
