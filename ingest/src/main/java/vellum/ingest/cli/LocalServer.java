package vellum.ingest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import vellum.ingest.demo.DemoServer;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeConfig;

/** Starts nodes in this process, with the default settings, on free ports. Stateless. */
final class LocalServer implements DemoServer {

  @Override
  public Running start(Path data, InstantSource time, LongSupplier nanos, Path authorities) {
    NodeConfig config = NodeConfig.defaults().withData(data).withPorts(0, 0);
    Node node = Node.open(config.withAuthorities(authorities), time, nanos);
    return node::close;
  }
}
