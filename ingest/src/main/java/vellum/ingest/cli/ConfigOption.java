package vellum.ingest.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.node.EffectiveConfig;
import vellum.ingest.terminal.Screen;

/** Where a server's settings come from. */
final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML; config/vellum.yaml documents each.")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as journal.ack=memory. Goes before file and environment.")
  List<String> settings = List.of();

  /** What the command line sets; may be added to. */
  List<String> flags(DataOption server, Screen screen) {
    List<String> flags = new ArrayList<>(settings);
    if (server.data != null || screen.environment().containsKey("VELLUM_DATA")) {
      flags.add("node.data=" + server.directory(screen));
    }
    return flags;
  }

  /** What a server would take, and what of it is wrong. */
  EffectiveConfig read(DataOption server, Screen screen) {
    return EffectiveConfig.read(file, screen.environment(), flags(server, screen));
  }
}
