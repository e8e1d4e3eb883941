package vellum.ingest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** One order, whole. */
@Command(
    name = "show",
    description = "Shows all of an order, whom it is about included; the audit trail notes it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum order show O-4F7K2Q9M --output json",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class OrderShowCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The order, such as O-4F7K2Q9M.")
  String id = "";

  OrderShowCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    new JsonRows(screen, output.format)
        .document(server.calls(screen).get("/v1/orders/" + ServerCalls.encoded(id)));
    return ExitCode.OK;
  }
}
