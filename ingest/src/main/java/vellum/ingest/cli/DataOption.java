package vellum.ingest.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** Names a data directory on this machine. */
final class DataOption {

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
}
