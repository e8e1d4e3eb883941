package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The second person's consent. */
@Command(
    name = "approve",
    description = {
      "Lets an order be answered; whoever entered or submitted it cannot. Its terms are frozen.",
      "Of one that ran in an emergency, confirms that it was right."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum order show O-4F7K2Q9M",
      "  vellum order approve O-4F7K2Q9M --digest 9f86d081884c7d65…"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: the same person, another digest, past its deadline, or permissions",
      ExitCode.UNREACHABLE_LINE
    })
final class OrderApproveCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The order, such as O-4F7K2Q9M.")
  String id = "";

  @Option(
      names = "--digest",
      paramLabel = "SHA256",
      description = "Digest that 'order show' gave: refused when the order is another one by now.")
  @Nullable String digest;

  OrderApproveCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (digest != null) {
      body.put("digest", digest);
    }
    String path = "/v1/orders/" + ServerCalls.encoded(id) + "/approve";
    OrderRows.printStep(screen, output.format, server.calls(screen).post(path, body));
    return ExitCode.OK;
  }
}
