package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.server.Peer;

/** What never came, from the socket to the report. */
final class ProducerGapsTest {

  @TempDir private Path directory;

  private static GapPeers peers(Node node) {
    return new GapPeers(node.tcpAddress(), node.httpAddress(), node.token());
  }

  @Test
  void shouldReportWhatNeverCameOverReconnectsAndARestart() throws Exception {
    Path data = directory.resolve("data");
    try (Node node = NodeFixture.open(data)) {
      GapPeers peers = peers(node);
      // when
      try (Peer peer = peers.connect("sms", 1)) {
        GapPeers.send(peer, 1, 3);
        GapPeers.send(peer, 10, 11);
        GapPeers.leave(peer, 15);
      }
      try (Peer peer = peers.connect("voice", 4)) {
        GapPeers.send(peer, 2, 2);
      }
      // then
      assertThat(peers.gaps(""))
          .containsExactly("sms 1: 4-9 skipped", "sms 1: 12-15 goodbye", "voice 4: 1-1 skipped");

      // when a reconnect brings some of the last ones, and repeats others
      try (Peer peer = peers.connect("sms", 1)) {
        GapPeers.send(peer, 10, 13);
      }
      // then
      assertThat(peers.gaps("&producer=sms"))
          .containsExactly("sms 1: 4-9 skipped", "sms 1: 14-15 goodbye");
    }
    try (Node node = NodeFixture.open(data)) {
      GapPeers peers = peers(node);
      assertThat(peers.gaps(""))
          .containsExactly("sms 1: 4-9 skipped", "sms 1: 14-15 goodbye", "voice 4: 1-1 skipped");
      // when
      try (Peer peer = peers.connect("sms", 1)) {
        GapPeers.send(peer, 15, 15);
      }
      try (Peer peer = peers.connect("sms", 2)) {
        GapPeers.send(peer, 5, 5);
        GapPeers.leave(peer, 5);
      }
      // then
      assertThat(peers.gaps(""))
          .containsExactly(
              "sms 1: 4-9 skipped",
              "voice 4: 1-1 skipped",
              "sms 1: 14-14 skipped",
              "sms 2: 1-4 skipped");
      assertThat(peers.get("/v1/status").at("/journal/gaps").longValue()).isEqualTo(2);
    }
  }

  @Test
  void shouldListProducersInPages() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      GapPeers peers = peers(node);
      try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 3)) {
        NodeFixture.sendAll(client, NodeFixture.traffic(1, 100));
      }
      for (String producer : List.of("b", "a", "c")) {
        try (Peer peer = peers.connect(producer, 2)) {
          GapPeers.send(peer, 3, 6);
        }
      }
      List<String> found = new ArrayList<>();
      String cursor = "";
      JsonNode answer;
      do {
        answer = peers.get("/v1/producers?limit=3" + cursor);
        for (JsonNode each : answer.get("producers")) {
          assertThat(Instant.parse(each.get("last_seen").textValue())).isEqualTo(NodeFixture.NOW);
          found.add(
              each.get("producer").textValue()
                  + "/"
                  + each.get("instance").textValue()
                  + " "
                  + each.get("epoch")
                  + " "
                  + (each.get("last_sequence").longValue() > 6 ? "many" : each.get("last_sequence"))
                  + " "
                  + each.get("gaps")
                  + " "
                  + each.get("missing"));
        }
        cursor = "&cursor=" + answer.path("next").asText();
      } while (answer.has("next"));

      assertThat(found)
          .containsSequence("a/i 2 6 1 2", "b/i 2 6 1 2", "c/i 2 6 1 2", "test/one 3 many 0 0");
    }
  }

  @Test
  void shouldNameWhatIsWrongWithAQuestion() throws Exception {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      GapPeers peers = peers(node);
      try (Peer peer = peers.connect("known", 1)) {
        GapPeers.send(peer, 1, 1);
      }
      String now = NodeFixture.NOW.toString();
      String path = "/v1/producers/gaps?";
      assertThat(peers.gaps("&producer=known")).isEmpty();
      assertThat(peers.problem(path + "producer=other")).isEqualTo("404 UNKNOWN_PRODUCER");
      assertThat(peers.problem(path + "from=" + now + "&to=" + now)).isEqualTo("400 BAD_TIME");
      assertThat(peers.problem(path + "from=yesterday")).isEqualTo("400 BAD_TIME");
      assertThat(peers.problem(path + "limit=0")).isEqualTo("400 BAD_LIMIT");
      assertThat(peers.problem(path + "cursor=-1")).isEqualTo("400 BAD_CURSOR");
      assertThat(peers.problem(path + "cursor=x")).isEqualTo("400 BAD_CURSOR");
      assertThat(peers.problem("/v1/producers?cursor=x")).isEqualTo("400 BAD_CURSOR");
      assertThat(peers.problem("/v1/producers?limit=1001")).isEqualTo("400 BAD_LIMIT");
    }
  }
}
