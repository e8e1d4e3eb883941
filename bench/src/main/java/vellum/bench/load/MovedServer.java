package vellum.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vellum.ingest.demo.MovedClock;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeConfig;

/**
 * Main class of a server whose clocks show another time, which goes on from there. Each line of its
 * standard input is an instant that they are moved to; at the end of the input it stops, so that it
 * does not outlive who started it.
 */
final class MovedServer {

  private MovedServer() {}

  /**
   * @param args data directory, instant to start at, settings
   */
  public static void main(String[] args) throws IOException {
    MovedClock clock =
        new MovedClock(InstantSource.system(), System::nanoTime, Instant.parse(args[1]));
    NodeConfig config =
        NodeConfig.load(null, Map.of(), new ArrayList<>(List.of(args).subList(2, args.length)))
            .withData(Path.of(args[0]))
            .withPorts(0, 0);
    try (Node node = Node.open(config, clock, clock::nanos);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      node.closeOnShutdown();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        clock.moveTo(Instant.parse(line));
      }
    }
    System.exit(0);
  }
}
