package vellum.ingest.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import vellum.ingest.LogCanary;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;

/** {@code vellum serve} of the runnable jar, in a process of its own. Not thread-safe. */
final class ServerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a process of the jar. */
  static Process jar(Path log, Object... arguments) throws IOException {
    return launch(ofJar(), log, arguments);
  }

  private static List<String> ofJar() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + System.getProperty("vellum.jvm.args"),
        "-Xmx600m",
        "-jar",
        System.getProperty("vellum.jar"));
  }

  /** Starts a process of a program that takes Vellum's command line, with this Java. */
  static Process launch(List<String> program, Path log, Object... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    if (isHangupIgnored()) {
      // Under nohup: a process inherits that, and Java then leaves the signal alone.
      words.addAll(List.of("env", "--default-signal=HUP"));
    }
    words.addAll(program);
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    ProcessBuilder process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("VELLUM_JAVA_OPTS", "-Xmx600m");
    return process.start();
  }

  /** Whether this process ignores SIGHUP, bit 0 of the mask. */
  private static boolean isHangupIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines.anyMatch(line -> line.matches("SigIgn:\\s*[0-9a-f]*[13579bdf]"));
    }
  }

  /** Starts a server on free ports, and waits until it listens. */
  static ServerProcess start(Path data, Path log, Object... more) throws Exception {
    return start(ofJar(), data, log, more);
  }

  /** The same, of a program that takes Vellum's command line. */
  static ServerProcess start(List<String> program, Path data, Path log, Object... more)
      throws Exception {
    Files.deleteIfExists(data.resolve("endpoint.json"));
    List<Object> words =
        new ArrayList<>(
            List.of("serve", "--data", data, "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    words.addAll(List.of(more));
    ServerProcess server = new ServerProcess(launch(program, log, words.toArray()), log);
    long deadline = System.nanoTime() + START.toNanos();
    while (!listens(data)) {
      if (!server.process.isAlive() || System.nanoTime() > deadline) {
        server.close();
        throw new IllegalStateException("the server does not start: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return server;
  }

  private static boolean listens(Path data) {
    try (Socket socket = new Socket()) {
      Endpoint endpoint = Endpoint.of(data);
      socket.connect(new InetSocketAddress(endpoint.tcpHost(), endpoint.tcpPort()), 1_000);
      return true;
    } catch (EndpointException | IOException e) {
      return false;
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill} does; waits for the end. */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(60, TimeUnit.SECONDS);
  }

  /** As {@code kill -HUP} does. */
  void hangUp() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
  }

  /** How it ended; waits for that. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Ends it, and fails when an identity stands in what it printed. */
  @Override
  public void close() throws InterruptedException {
    if (process.isAlive() && !stop()) {
      kill();
    }
    try {
      for (String line : Files.readAllLines(log)) {
        LogCanary.offence(line)
            .ifPresent(
                it -> {
                  throw new AssertionError("an identity in the server's log: " + line);
                });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
