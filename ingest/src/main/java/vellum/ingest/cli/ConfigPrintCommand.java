package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.node.EffectiveConfig;
import vellum.ingest.terminal.Screen;

/** Every setting as a server would take it. */
@Command(
    name = "print",
    description = {
      "Prints every setting with its value, where that comes from, and whether a running server takes"
          + " a change over at SIGHUP (live). Secrets are not shown."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum config print",
      "  vellum config print --config config/vellum.yaml --set journal.ack=memory",
      "  vellum config print --output json"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {ExitCode.OK_LINE, "2:the command line or the configuration is wrong"})
final class ConfigPrintCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin DataOption server = new DataOption();
  @Mixin ConfigOption config = new ConfigOption();
  @Mixin OutputOption output = new OutputOption();

  ConfigPrintCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    EffectiveConfig read = config.read(server, screen);
    if (!read.problems().isEmpty()) {
      throw new CommandFault(ExitCode.USAGE, read.problems().get(0));
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (EffectiveConfig.Setting setting : read.settings()) {
      rows.addObject()
          .put("setting", setting.key())
          .put("value", setting.value())
          .put("source", setting.source())
          .put("live", setting.live());
    }
    new JsonRows(screen, output.format).print(rows);
    return ExitCode.OK;
  }
}
