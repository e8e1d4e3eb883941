package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.server.Peer;

/** Gaps of a node that is killed again and again: each is there once, whatever was replayed. */
final class ProducerGapsKillIT {

  @TempDir private Path directory;

  private Process child;

  @AfterEach
  void end() {
    if (child != null) {
      child.destroyForcibly().onExit().join();
    }
  }

  @Test
  void shouldKnowEachGapOnceOverKills() throws Exception {
    Path data = directory.resolve("data");
    List<String> expected = new ArrayList<>();
    long next = 1;
    for (int life = 1; life <= 2; life++) {
      GapPeers peers = start(data);
      assertThat(peers.gaps("")).as("after %d kills", life - 1).isEqualTo(expected);
      for (int i = 0; i < 25; i++) {
        try (Peer peer = peers.connect("sms", 1)) {
          GapPeers.send(peer, next, next + 2);
          GapPeers.send(peer, next + 5, next + 5);
          expected.add("sms 1: " + (next + 3) + "-" + (next + 4) + " skipped");
          next += 6;
        }
      }
      try (Peer peer = peers.connect("mail", life)) {
        GapPeers.leave(peer, 7);
        expected.add("mail " + life + ": 1-7 goodbye");
      }

      // when, the checkpoint being behind
      child.destroyForcibly().onExit().join();
      Files.delete(data.resolve("endpoint.json"));
    }

    // then
    assertThat(start(data).gaps("")).isEqualTo(expected).hasSize(2 * 26);
  }

  private GapPeers start(Path data) throws Exception {
    Path log = directory.resolve("child.log");
    child = ChildNode.start(data, log);
    ChildNode.awaitEndpoint(child, data, log);
    return new GapPeers(
        address(data, "tcp"),
        address(data, "http"),
        Files.readString(data.resolve("token")).strip());
  }

  private static InetSocketAddress address(Path data, String kind) throws Exception {
    String text =
        new JsonMapper().readTree(data.resolve("endpoint.json").toFile()).get(kind).textValue();
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
