package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QuestDbHttpTest {

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private QuestDbHttp http;
  private int status = 200;
  private String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI().getPath() + ' ' + exchange.getRequestURI().getRawQuery());
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    http = new QuestDbHttp(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldHandOutRowsBehindTheHeading() throws IOException, InterruptedException {
    // given
    answer = "\"account\",\"units\"\r\n\"a,b\",1\r\n,2\r\n";
    List<List<String>> rows = new ArrayList<>();

    // when
    http.query("SELECT 1 + 1", rows::add);

    // then
    assertThat(rows).containsExactly(List.of("a,b", "1"), List.of("", "2"));
    assertThat(asked).containsExactly("/exp query=SELECT+1+%2B+1");
  }

  @Test
  void shouldSayWhatQuestDbRefuses() {
    // given
    status = 400;
    answer = "{\"error\":\"no such table\"}";

    // when // then
    assertThatThrownBy(() -> http.execute("DROP TABLE x"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("400", "no such table");
  }

  @Test
  void shouldReadDoubledQuotes() {
    assertThat(QuestDbHttp.columns("\"a \"\"b\"\"\",,3")).containsExactly("a \"b\"", "", "3");
  }

  @Test
  void shouldNotFindAServerThatIsGone() {
    // given
    server.stop(0);

    // when // then
    assertThat(http.ping()).isFalse();
  }
}
