package vellum.bench.strip;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vellum.ingest.demo.MovedClock;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeConfig;

/**
 * A node in this process, whose clocks are moved: all of Vellum, its sockets included. Thread-safe.
 */
final class NodeHere implements AutoCloseable {

  private final MovedClock clock;
  private final Node node;
  private final Endpoint endpoint;
  private final ServerCalls calls;

  /**
   * @param settings as {@code --set} takes them
   */
  NodeHere(Path data, List<String> settings, Instant start) {
    clock = new MovedClock(InstantSource.system(), System::nanoTime, start);
    NodeConfig config =
        NodeConfig.load(null, Map.of(), new ArrayList<>(settings)).withData(data).withPorts(0, 0);
    node = Node.open(config, clock, clock::nanos);
    endpoint = Endpoint.of(data);
    calls = new ServerCalls(endpoint);
  }

  MovedClock clock() {
    return clock;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Messages applied since the node was opened. */
  long applied() {
    return node.status().applied().messages();
  }

  /** Records in all months, once everything acknowledged is applied. */
  long countRecords() {
    return calls.get("/v1/records/count").path("records").asLong();
  }

  /** What retention says of a period. */
  JsonNode period(String name) {
    for (JsonNode period : calls.get("/v1/retention/status").path("periods")) {
      if (period.path("period").asText().equals(name)) {
        return period;
      }
    }
    throw new IllegalStateException("the node has no period " + name);
  }

  /** Whether a record's identities are shown to who may see them in clear. */
  boolean shows(String recordId) {
    JsonNode answer = calls.get("/v1/records/" + recordId + "?reveal=true&reason=bench");
    return !answer.at("/records/0/identities").asText().equals("absent");
  }

  @Override
  public void close() {
    node.close();
  }
}
