package vellum.ingest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A node in a process of its own, to be killed. Its main is what the process runs. */
final class ChildNode {

  private ChildNode() {}

  public static void main(String[] arguments) throws InterruptedException {
    Node node =
        Node.open(NodeFixture.config(Path.of(arguments[0])), InstantSource.fixed(NodeFixture.NOW));
    node.closeOnShutdown();
    System.exit(node.awaitStop().isPresent() ? 1 : 0);
  }

  /** Starts one on the class path and with the flags of this process. */
  static Process start(Path data, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + System.getProperty("vellum.jvm.args"));
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ChildNode.class.getName(), data.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Waits until the child has written where it listens. */
  static void awaitEndpoint(Process child, Path data, Path log) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(data.resolve("endpoint.json"))) {
      if (!child.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("the child did not start: " + Files.readString(log));
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }
}
