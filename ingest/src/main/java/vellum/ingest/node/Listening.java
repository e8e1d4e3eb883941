package vellum.ingest.node;

import java.net.InetSocketAddress;
import vellum.ingest.api.ApiConfig;
import vellum.ingest.server.ServerConfig;

/**
 * The ports of a process's servers: as its settings say, or where they were open they are what the
 * process got at first. Immutable.
 */
record Listening(int tcp, int http) {

  static Listening of(NodeConfig config) {
    return new Listening(config.ingest().port(), config.http().port());
  }

  static Listening of(InetSocketAddress tcp, InetSocketAddress http) {
    return new Listening(tcp.getPort(), http.getPort());
  }

  ServerConfig at(ServerConfig config) {
    return config.at(config.host(), tcp);
  }

  ApiConfig at(ApiConfig config) {
    return config.at(http);
  }
}
