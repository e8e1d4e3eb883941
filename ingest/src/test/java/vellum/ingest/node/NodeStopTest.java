package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.server.Peer;
import vellum.v1.FailureCode;
import vellum.v1.Frame;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class NodeStopTest {

  @TempDir private Path directory;

  @Test
  void shouldSayThatItStopsBeforeItTakesNothingMore() throws Exception {
    // given: a node with records, and a producer that stays connected
    Path data = directory.resolve("data");
    Node node = NodeFixture.open(data);
    TrafficGenerator traffic = NodeFixture.traffic(3, 3_000);
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      assertThat(NodeFixture.sendAll(client, traffic)).isEqualTo(traffic.messages());
    }
    assertThat(ready(node).statusCode()).isEqualTo(200);
    int port = node.tcpAddress().getPort();
    try (Peer peer = new Peer(port)) {
      peer.send(Frame.newBuilder().setHello(Peer.hello().setToken(node.token())).build());
      assertThat(peer.receive().hasWelcome()).isTrue();
      // when
      CompletableFuture<Void> closing = CompletableFuture.runAsync(node::close);
      Frame last = peer.receive();
      // then: while the producer is still told so, the probe says it already
      assertThat(last.getFailure().getCode()).isEqualTo(FailureCode.SHUTTING_DOWN);
      HttpResponse<String> answer = ready(node);
      assertThat(answer.statusCode()).isEqualTo(503);
      JsonNode body = new JsonMapper().readTree(answer.body());
      assertThat(body.get("code").textValue()).isEqualTo("NOT_READY");
      assertThat(body.get("ready").booleanValue()).isFalse();
      assertThat(body.at("/reasons/0/code").textValue()).isEqualTo("STOPPING");
      assertThat(body.at("/reasons/0/text").textValue()).isNotBlank();
      // and: nobody else is taken
      assertThatThrownBy(() -> new Peer(port).close()).isInstanceOf(UncheckedIOException.class);
      peer.close();
      closing.get();
    }
    // then: all that was acknowledged is applied and flushed
    try (Node again = NodeFixture.open(data)) {
      assertThat(again.status().applied().messages()).as("messages applied again").isZero();
      assertThat(again.status().floor()).isEqualTo(again.status().journal().forced());
    }
  }

  private static HttpResponse<String> ready(Node node) throws Exception {
    return NodeFixture.call(node.httpAddress(), "", "GET", "/readyz", "");
  }
}
