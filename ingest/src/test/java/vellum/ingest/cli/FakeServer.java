package vellum.ingest.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Answers requests as told, and notes them. Thread-safe. */
final class FakeServer implements AutoCloseable {

  private static final String TOKEN = "secret-token";

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Deque<PutOff>> putOffs = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What is answered: the bodies one after the other, the last ever after. */
  private record Answer(int status, Deque<String> bodies) {
    synchronized String body() {
      return bodies.size() > 1 ? bodies.remove() : bodies.element();
    }
  }

  private FakeServer(HttpServer server) {
    this.server = server;
  }

  /** Listens, and leaves endpoint and token in a data directory. */
  static FakeServer start(Path data) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeServer fake = new FakeServer(http);
    http.createContext("/", fake::answer);
    http.start();
    String address = "127.0.0.1:" + http.getAddress().getPort();
    Files.createDirectories(data);
    Files.writeString(data.resolve("token"), TOKEN + "\n");
    Files.writeString(
        data.resolve("endpoint.json"),
        "{\"http\":\"%s\",\"tcp\":\"%s\",\"pid\":1}".formatted(address, address));
    return fake;
  }

  /**
   * Answers a method and path so, with one body after the other and then ever the last; the longest
   * beginning that fits a request counts.
   */
  FakeServer answering(String methodAndPath, int status, String... bodies) {
    answers.put(methodAndPath, new Answer(status, new ArrayDeque<>(List.of(bodies))));
    return this;
  }

  /** Tells the next requests of a method and path to come back so many seconds later each. */
  FakeServer puttingOff(String methodAndPath, String code, int... seconds) {
    Deque<PutOff> each = new ArrayDeque<>();
    for (int one : seconds) {
      each.add(new PutOff(code, one));
    }
    putOffs.put(methodAndPath, each);
    return this;
  }

  private record PutOff(String code, int seconds) {}

  private synchronized @Nullable PutOff putOff(String request) {
    for (Map.Entry<String, Deque<PutOff>> entry : putOffs.entrySet()) {
      if (request.startsWith(entry.getKey()) && !entry.getValue().isEmpty()) {
        return entry.getValue().remove();
      }
    }
    return null;
  }

  /** Method, path and query, and body of each request. */
  List<String> requests() {
    return requests;
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, new ArrayDeque<>(List.of(body)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add((request + " " + body).strip());
    boolean known =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    Answer answer =
        known
            ? answers.entrySet().stream()
                .filter(entry -> request.startsWith(entry.getKey()))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(answer(404, "{\"code\":\"NOT_FOUND\",\"detail\":\"nothing is here\"}"))
            : answer(401, "{}");
    PutOff putOff = putOff(request);
    if (putOff != null) {
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(putOff.seconds()));
      answer = answer(429, "{\"code\":\"" + putOff.code() + "\",\"detail\":\"too often\"}");
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
