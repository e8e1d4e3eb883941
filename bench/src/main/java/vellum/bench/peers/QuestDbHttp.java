package vellum.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** QuestDB's SQL over HTTP: commands, and questions answered as CSV. Thread-safe. */
final class QuestDbHttp {

  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  QuestDbHttp(int port) {
    this.port = port;
  }

  /** Whether the server answers. */
  boolean ping() {
    try {
      return http.send(request("/ping"), HttpResponse.BodyHandlers.discarding()).statusCode()
          == 204;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs a command that has no rows. */
  void execute(String sql) throws IOException, InterruptedException {
    ask("/exec?query=", sql, lines -> {});
  }

  /** Hands out the rows of an answer, each as its columns' texts. */
  void query(String sql, Consumer<List<String>> row) throws IOException, InterruptedException {
    ask(
        "/exp?query=",
        sql,
        lines -> {
          if (lines.hasNext()) {
            lines.next();
          }
          lines.forEachRemaining(line -> row.accept(columns(line)));
        });
  }

  private void ask(String path, String sql, Consumer<Iterator<String>> body)
      throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        http.send(
            request(path + URLEncoder.encode(sql, StandardCharsets.UTF_8)),
            HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(
            "QuestDB answered "
                + response.statusCode()
                + ": "
                + lines.collect(Collectors.joining(" ")));
      }
      body.accept(lines.iterator());
    } catch (UncheckedIOException e) {
      throw new IOException("QuestDB broke off its answer", e);
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(ANSWERS_WITHIN)
        .build();
  }

  /** Columns of a line of CSV; texts stand in quotes, a quote in a text is doubled. */
  static List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          column.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        columns.add(column.toString());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString());
    return columns;
  }
}
