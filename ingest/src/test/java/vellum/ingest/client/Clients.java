package vellum.ingest.client;

import java.util.Random;
import vellum.ingest.server.Rig;

/** Clients for tests: quick to give up, quick to return. */
final class Clients {

  private Clients() {}

  static ClientConfig config(int port) {
    return ClientConfig.of("127.0.0.1", port, "p", "i", 1)
        .batching(1, 10, 8 * 1024)
        .connecting(2_000, 1, 20)
        .waiting(16, 5_000, 5_000);
  }

  static ClientPorts ports() {
    return ClientPorts.of(() -> Rig.TOKEN, new Random(1), Rig::thread);
  }

  static ClientPorts ports(ClientListener listener) {
    return ports().telling(listener);
  }

  static VellumClient open(ClientConfig config) {
    return VellumClient.open(config, ports());
  }
}
