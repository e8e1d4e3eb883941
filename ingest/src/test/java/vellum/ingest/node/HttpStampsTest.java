package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpStampsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicReference<byte[]> asked = new AtomicReference<>(new byte[0]);
  private HttpServer server;
  private int status = 200;
  private String type = "application/timestamp-reply";
  private byte[] answer = {1, 2, 3};

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/tsa",
        exchange -> {
          asked.set(exchange.getRequestBody().readAllBytes());
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpStamps stamps() {
    return new HttpStamps(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa"), PATIENCE);
  }

  @Test
  void shouldAskAndAnswerInBytes() throws IOException {
    assertThat(stamps().ask(new byte[] {7, 8})).containsExactly(1, 2, 3);
    assertThat(asked.get()).containsExactly(7, 8);
  }

  @Test
  void shouldRefuseWhatIsNoAnswer() {
    status = 503;
    assertThatThrownBy(() -> stamps().ask(new byte[1])).hasMessageContaining("503");
    status = 200;
    type = "text/html";
    assertThatThrownBy(() -> stamps().ask(new byte[1])).isInstanceOf(IOException.class);
    type = "application/timestamp-reply";
    answer = new byte[(1 << 20) + 1];
    assertThatThrownBy(() -> stamps().ask(new byte[1])).hasMessageContaining("1048576");
  }
}
