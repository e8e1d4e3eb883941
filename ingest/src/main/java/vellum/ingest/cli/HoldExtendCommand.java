package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** Another end of a hold. */
@Command(
    name = "extend",
    description = {
      "Gives a hold another end, later or earlier than the one it has.",
      "A hold that is over does not come back."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum hold extend H-4F7K2Q9M --expires 2027-06-01 --reason 'order was renewed'",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class HoldExtendCommand implements Callable<Integer> {

  private final Screen screen;

  @Parameters(paramLabel = "ID", description = "The hold, such as H-4F7K2Q9M.")
  String id = "";

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      required = true,
      description = "First instant at which it is over, or a date (UTC).")
  String expires = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for the audit trail: 1 to 200 characters, no number or address.")
  String reason = "";

  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  HoldExtendCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("expires_at", expires).put("reason", reason);
    new JsonRows(screen, output.format)
        .document(server.calls(screen).post(HoldCommand.path(id) + "/extend", body));
    return ExitCode.OK;
  }
}
