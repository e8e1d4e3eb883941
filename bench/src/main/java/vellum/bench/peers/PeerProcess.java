package vellum.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import vellum.bench.process.Ending;
import vellum.bench.process.Usage;

/**
 * A process of a peer, with the processes that it starts. Killed when this JVM ends, however it
 * ends short of SIGKILL. Thread-safe.
 */
final class PeerProcess implements AutoCloseable {

  /** Memory that a peer may be given in all, heap and caches: as Vellum's server has. */
  static final int MEMORY_MIB = 2048;

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(2);
  private static final int POLL_MS = 10;

  /** Of times in {@code /proc}: the same on all Linuxes. */
  private static final int TICKS_A_SECOND = 100;

  private static final Set<PeerProcess> RUNNING = ConcurrentHashMap.newKeySet();

  private final Process process;
  private final Path log;

  private PeerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a process.
   *
   * @param environment added to this process's own
   * @param log gets what it prints, behind what is there
   */
  static PeerProcess start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // What ./vellum sets for its own memory is not others' default.
    builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    builder.environment().putAll(environment);
    return watched(builder.start(), log);
  }

  /** A process that somebody else has started, from now on killed with the others. */
  static PeerProcess watched(Process process, Path log) {
    PeerProcess started = new PeerProcess(process, log);
    RUNNING.add(started);
    Ending.kills(started, started::kill);
    return started;
  }

  /**
   * Runs a command to its end.
   *
   * @throws IOException when it fails, with the end of what it printed
   */
  static void run(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    try (PeerProcess run = start(command, environment, log)) {
      if (!run.process.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(command.get(0) + " took longer than " + STARTS_WITHIN);
      }
      if (run.process.exitValue() != 0) {
        throw new IOException(
            command.get(0) + " failed with " + run.process.exitValue() + run.tail());
      }
    }
  }

  /** A port of loopback that nobody listens at now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Waits until it is ready.
   *
   * @param ready asked many times a second; must not throw while it is not
   * @throws IOException when it ends first, or takes too long
   */
  void await(BooleanSupplier ready) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IOException("the peer ended with " + process.exitValue() + tail());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the peer was not ready within " + STARTS_WITHIN + tail());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** Whether it has not ended. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Tells it to end (SIGTERM) and waits; kills it after two minutes. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
    RUNNING.remove(this);
    Ending.forget(this);
  }

  /** Kills it and the processes that it started, at once, and waits until they are gone. */
  void kill() {
    // Itself first, so that it starts no others.
    List<ProcessHandle> all = tree().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(
        handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).handle((h, e) -> h).join());
    RUNNING.remove(this);
    Ending.forget(this);
  }

  @Override
  public void close() {
    kill();
  }

  /**
   * CPU time that all running ones have used, with their children, those that have ended too, in
   * nanoseconds.
   */
  static long cpuNanos() {
    return running().mapToLong(PeerProcess::cpuNanos).sum();
  }

  /** Bytes that all running ones have had written to disks, with their children that run. */
  static long writtenBytes() {
    return running().mapToLong(handle -> Usage.writtenBytes(handle.pid())).sum();
  }

  /**
   * Memory of all running ones, with their children, in bytes: anonymous pages and shared memory,
   * whose pages count once; no files.
   */
  static long residentBytes() {
    return running().mapToLong(handle -> Usage.proportionalBytes(handle.pid())).sum();
  }

  /**
   * Fields 14 to 17 of {@code /proc/<pid>/stat} (proc(5)): own time, and that of ended children.
   */
  private static long cpuNanos(ProcessHandle handle) {
    try {
      String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return TimeUnit.SECONDS.toNanos(ticks) / TICKS_A_SECOND;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static Stream<ProcessHandle> running() {
    return RUNNING.stream().flatMap(PeerProcess::tree);
  }

  private Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private String tail() {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return ":\n  " + String.join("\n  ", all.subList(Math.max(0, all.size() - 15), all.size()));
    } catch (IOException | UncheckedIOException e) {
      return "; see " + log;
    }
  }
}
