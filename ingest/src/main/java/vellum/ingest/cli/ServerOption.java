package vellum.ingest.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** Names the server by its data directory. */
final class ServerOption {

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DIR",
      description = "Data directory of the server (default: $$VELLUM_DATA, else ./data).")
  @Nullable Path data;

  Path directory(Screen screen) {
    if (data != null) {
      return data;
    }
    String named = screen.environment().getOrDefault("VELLUM_DATA", "");
    return Path.of(named.isEmpty() ? "data" : named);
  }

  Endpoint endpoint(Screen screen) {
    return Endpoint.of(directory(screen));
  }

  ServerCalls calls(Screen screen) {
    return new ServerCalls(endpoint(screen));
  }
}
