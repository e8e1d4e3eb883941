package vellum.ingest.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import vellum.core.envelope.StampPort;

/** A time stamping authority behind a URL (RFC 3161 section 3.4). Thread-safe. */
final class HttpStamps implements StampPort {

  private static final int OK = 200;
  private static final int MOST_BYTES = 1 << 20;
  private static final String ANSWER = "application/timestamp-reply";

  private final URI url;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience for a connection, and for an answer
   */
  HttpStamps(URI url, Duration patience) {
    this.url = url;
    this.patience = patience;
    this.client = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  @Override
  public byte[] ask(byte[] request) throws IOException {
    HttpRequest question =
        HttpRequest.newBuilder(url)
            .timeout(patience)
            .header("Content-Type", "application/timestamp-query")
            .header("Accept", ANSWER)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request))
            .build();
    try {
      HttpResponse<InputStream> answer =
          client.send(question, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.statusCode() != OK || !type.startsWith(ANSWER)) {
          throw new IOException(
              "the time stamping authority answered with status " + answer.statusCode());
        }
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new IOException(
              "the time stamping authority's answer has more than " + MOST_BYTES + " bytes");
        }
        return bytes;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a time stamp was waited for");
    }
  }
}
