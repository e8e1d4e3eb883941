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
import vellum.bench.process.Ending;
import vellum.bench.process.Usage;

/** A real {@code vellum serve} in a process of its own, on loopback and ports that are free. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(2);

  private static final String ENDPOINT = "endpoint.json";

  /** What ./vellum gives a server, if nothing else is said. */
  private static final String HEAP = "-Xmx1g";

  /** One who measures asks more often than one who works. */
  private static final String LOOKUPS = "access.subject_lookups=1000000";

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
    arguments.addAll(List.of("--set", LOOKUPS));
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
    arguments.add(LOOKUPS);
    arguments.addAll(settings);
    return run(data, arguments);
  }

  private static ServerProcess run(Path data, List<String> arguments)
      throws IOException, InterruptedException {
    Files.deleteIfExists(data.resolve(ENDPOINT));
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> !argument.startsWith("-Xm"))
            .toList());
    command.add(HEAP);
    // What a killed server cannot delete, such as its copy of RocksDB, goes with the run.
    Path temporary = Files.createDirectories(data.resolveSibling("tmp"));
    command.add("-Djava.io.tmpdir=" + temporary.toAbsolutePath());
    command.add("-Xlog:gc:file=" + gcLog(data));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    Process process =
        Ending.starts(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                    ProcessBuilder.Redirect.appendTo(data.resolveSibling("server.log").toFile())),
            ServerProcess::killed);
    try {
      return new ServerProcess(process, data);
    } catch (IOException | InterruptedException | RuntimeException e) {
      killed(process);
      throw e;
    }
  }

  /** Kills it at once and waits until it is gone. */
  private static void killed(Process process) {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).handle((p, e) -> p).join();
    Ending.forget(process);
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

  /** Anonymous memory of the server, in bytes. */
  long residentBytes() {
    return Usage.residentBytes(process.pid());
  }

  /** Bytes that the server has caused to be written to the disk, its mapped files included. */
  long writtenBytes() {
    return Usage.writtenBytes(process.pid());
  }

  /** Bytes of all months in a {@link #status}: files, and what is not flushed. */
  static long monthBytes(JsonNode status) {
    long bytes = 0;
    for (JsonNode month : status.get("months")) {
      bytes += month.get("file_bytes").asLong() + month.get("unflushed_bytes").asLong();
    }
    return bytes;
  }

  /** Pauses of the server's garbage collector since it started. */
  GcLog.Pauses pauses() throws IOException {
    return GcLog.read(gcLog(data));
  }

  private static Path gcLog(Path data) {
    return data.resolveSibling("gc.log");
  }

  /**
   * Ends the server at once: {@code kill -9}. What it has written stays, forced or not: that is no
   * power cut.
   */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    Ending.forget(process);
  }

  /** The server's {@code /v1/status}. */
  JsonNode status() throws IOException, InterruptedException {
    return get("/v1/status");
  }

  /** Records and outcomes, once everything forced is applied; null while that takes too long. */
  JsonNode count() throws IOException, InterruptedException {
    return get("/v1/records/count");
  }

  /** Asks for a path, which must be answered with 200. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(path, request(path).build());
  }

  /** Posts JSON to a path, which must be answered with 200. */
  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return answer(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + endpoint.get("http").asText() + path))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofMinutes(1));
  }

  private JsonNode answer(String path, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      Ending.requireNotBegun();
      // Its own message quotes the answer as far as it came.
      throw new IOException("the server did not answer " + path, e);
    }
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
    Ending.forget(process);
  }
}
