package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real {@code vellum serve} in a process of its own, on loopback and ports that are free. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(2);

  private static final String ENDPOINT = "endpoint.json";

  private final Process process;
  private final Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final JsonNode endpoint;
  private final String token;

  private ServerProcess(Process process, Path data) throws IOException, InterruptedException {
    this.process = process;
    this.data = data;
    this.endpoint = json.readTree(awaitEndpoint().toFile());
    this.token = Files.readString(data.resolve("token")).trim();
  }

  /** Starts a server with this process's own flags and class path. */
  static ServerProcess start(Path data, List<String> settings)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("vellum.ingest.cli.Vellum", "serve", "--data", data.toString()));
    arguments.addAll(List.of("--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return run(data, arguments);
  }

  /**
   * The same, but its clocks show another time, and can be moved ({@link #moveTo}).
   *
   * @param data may be what a server that was killed has left
   */
  public static ServerProcess startAt(Instant now, Path data, List<String> settings)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(MovedServer.class.getName(), data.toString(), now.toString()));
    arguments.addAll(settings);
    Files.deleteIfExists(data.resolve(ENDPOINT));
    return run(data, arguments);
  }

  private static ServerProcess run(Path data, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> !argument.startsWith("-Xm"))
            .toList());
    command.add("-Xmx2g");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(data.resolveSibling("server.log").toFile()))
            .start();
    try {
      return new ServerProcess(process, data);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private Path awaitEndpoint() throws IOException, InterruptedException {
    Path file = data.resolve(ENDPOINT);
    long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the server did not start; see " + data.resolveSibling("server.log"));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return file;
  }

  /** The process itself. */
  public Process process() {
    return process;
  }

  /** Moves the clocks of a server that was started with moved ones to a later time. */
  public void moveTo(Instant time) throws IOException {
    OutputStream clock = process.getOutputStream();
    clock.write((time + "\n").getBytes(StandardCharsets.UTF_8));
    clock.flush();
  }

  String host() {
    return endpoint.get("tcp").asText().split(":", 2)[0];
  }

  int port() {
    return Integer.parseInt(endpoint.get("tcp").asText().split(":", 2)[1]);
  }

  String token() {
    return token;
  }

  /** CPU time the server has used. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Anonymous and file pages the process has in memory, in bytes. */
  long residentBytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }

  /** The server's {@code /v1/status}. */
  JsonNode status() throws IOException, InterruptedException {
    return get("/v1/status");
  }

  /** Records and outcomes, once everything forced is applied; null while that takes too long. */
  JsonNode count() throws IOException, InterruptedException {
    return get("/v1/records/count");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + endpoint.get("http").asText() + path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofMinutes(1))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("the server answered " + response.statusCode() + " to " + path);
    }
    return json.readTree(response.body());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
