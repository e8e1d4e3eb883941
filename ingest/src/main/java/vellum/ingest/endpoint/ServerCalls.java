package vellum.ingest.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import vellum.ingest.tls.ClientTls;

/** Requests to a server's HTTP endpoint. Thread-safe. */
public final class ServerCalls {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** With the handshake, for which a busy machine takes its time. */
  private static final Duration CONNECT_TLS = Duration.ofSeconds(15);

  /** Longer than the server waits until what it acknowledged is applied. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final int MAX_PROBLEM_BYTES = 64 * 1024;

  /** How long one request is put off at most, as a server says that it is asked too often. */
  static final int MOST_PUT_OFF_SECONDS = 60;

  /** Bad credentials do not get better by waiting. */
  private static final String TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Endpoint endpoint;
  private final Patience patience;
  private final HttpClient http;

  /** Who is asked too often (429) says when to come back: waits, or does not. */
  @FunctionalInterface
  public interface Patience {

    /** Does not. */
    Patience NONE = (code, seconds) -> false;

    /**
     * Waits so long.
     *
     * @param code the server's name for it
     * @return false when it did not: the answer counts
     */
    boolean await(String code, int seconds);
  }

  /** Calls that do not wait. */
  public ServerCalls(Endpoint endpoint) {
    this(endpoint, Patience.NONE);
  }

  /**
   * Calls that are made again where that does no harm, when the server was asked too often.
   *
   * @param patience asked before each time, for a minute a request together
   */
  public ServerCalls(Endpoint endpoint, Patience patience) {
    this.endpoint = endpoint;
    this.patience = patience;
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1);
    ClientTls tls = endpoint.tls();
    if (tls != null) {
      builder.sslContext(tls.javaContext()).connectTimeout(CONNECT_TLS);
    }
    this.http = builder.build();
  }

  /** Part of a path or query, encoded. */
  public static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public JsonNode get(String pathAndQuery) {
    return sendPatiently(request("GET", pathAndQuery, "application/json", BodyPublishers.noBody()));
  }

  /** Sends a JSON body with POST to what answers questions and changes nothing. */
  public JsonNode ask(String path, JsonNode question) {
    byte[] body = question.toString().getBytes(StandardCharsets.UTF_8);
    return sendPatiently(
        request("POST", path, "application/json", BodyPublishers.ofByteArray(body)));
  }

  /** Sends a body with POST. */
  public JsonNode post(String path, String contentType, byte[] body) {
    return send("POST", path, contentType, BodyPublishers.ofByteArray(body));
  }

  /** Sends a JSON body with POST. */
  public JsonNode post(String path, JsonNode body) {
    return post(path, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a JSON body with PUT. */
  public JsonNode put(String path, byte[] body) {
    return send("PUT", path, "application/json", BodyPublishers.ofByteArray(body));
  }

  /** Sends a DELETE. */
  public JsonNode delete(String path) {
    return send("DELETE", path, "application/json", BodyPublishers.noBody());
  }

  /**
   * Fetches bytes, which are not kept in memory.
   *
   * @param sink reads the body
   * @throws IOException of the sink; the server's is an {@link EndpointException}
   */
  public void download(String path, Sink sink) throws IOException {
    HttpResponse<InputStream> response =
        exchange(
            request("GET", path, "application/json", BodyPublishers.noBody()),
            BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() / 100 != 2) {
        answer(response.statusCode(), body.readNBytes(MAX_PROBLEM_BYTES));
      }
      sink.read(body);
    }
  }

  /** Reads a body. */
  @FunctionalInterface
  public interface Sink {
    void read(InputStream body) throws IOException;
  }

  private JsonNode send(String method, String path, String contentType, BodyPublisher body) {
    HttpResponse<byte[]> response =
        exchange(request(method, path, contentType, body), BodyHandlers.ofByteArray());
    return answer(response.statusCode(), response.body());
  }

  private JsonNode sendPatiently(HttpRequest request) {
    int putOff = 0;
    while (true) {
      HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
      String after = response.headers().firstValue("retry-after").orElse("");
      if (response.statusCode() == 429 && after.matches("[0-9]{1,4}")) {
        int seconds = Integer.parseInt(after);
        String code = json(response.body()).path("code").asText("HTTP_429");
        putOff += Math.max(1, seconds);
        if (putOff <= MOST_PUT_OFF_SECONDS
            && !code.equals(TOO_MANY_ATTEMPTS)
            && patience.await(code, seconds)) {
          continue;
        }
      }
      return answer(response.statusCode(), response.body());
    }
  }

  private HttpRequest request(String method, String path, String contentType, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + path))
            .timeout(ANSWER)
            .header("Accept", "application/json")
            .header("Content-Type", contentType)
            .method(method, body);
    if (!endpoint.token().isEmpty()) {
      request.header("Authorization", "Bearer " + endpoint.token());
    }
    return request.build();
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (HttpTimeoutException e) {
      throw CallFault.late(e, endpoint);
    } catch (IOException e) {
      throw CallFault.of(e, endpoint);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EndpointException.Unreachable("interrupted while waiting for the server");
    }
  }

  private JsonNode answer(int status, byte[] bytes) {
    if (status == 401) {
      throw CallFault.unauthorized(endpoint);
    }
    JsonNode body = json(bytes);
    if (status / 100 != 2) {
      String code = body.path("code").asText("HTTP_" + status);
      if (code.equals("TLS_REQUIRED")) {
        throw new EndpointException.Insecure(endpoint.http() + " takes https:// only");
      }
      String detail = body.path("detail").asText(body.path("title").asText("no detail"));
      throw new EndpointException.Problem(status, code, detail);
    }
    return body;
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are always readable", e);
    }
  }
}
