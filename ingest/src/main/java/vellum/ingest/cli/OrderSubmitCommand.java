package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The step from a draft to a decision. */
@Command(
    name = "submit",
    description = "Gives an order to be decided on by another person.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum order submit O-4F7K2Q9M",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: not a draft, past its deadline, or permissions",
      ExitCode.UNREACHABLE_LINE
    })
final class OrderSubmitCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The order, such as O-4F7K2Q9M.")
  String id = "";

  OrderSubmitCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    OrderRows.printStep(
        screen,
        output.format,
        server
            .calls(screen)
            .post(
                "/v1/orders/" + ServerCalls.encoded(id) + "/submit",
                JsonNodeFactory.instance.objectNode()));
    return ExitCode.OK;
  }
}
