package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The second person's refusal. */
@Command(
    name = "reject",
    description = {
      "Refuses an order for good; without --yes, only shows it.",
      "Of one that ran in an emergency: stops it, and notes that it should not have been answered."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum order reject O-4F7K2Q9M --yes --reason 'no legal basis'",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: the same person, decided already, or permissions",
      ExitCode.UNREACHABLE_LINE
    })
final class OrderRejectCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin Consent consent = new Consent();

  @Parameters(paramLabel = "ID", description = "The order, such as O-4F7K2Q9M.")
  String id = "";

  OrderRejectCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dry_run", !consent.yes);
    if (consent.yes) {
      body.put("reason", consent.reason);
    }
    String path = "/v1/orders/" + ServerCalls.encoded(id) + "/reject";
    JsonNode order = server.calls(screen).post(path, body);
    OrderRows.printStep(screen, output.format, order);
    consent.given(screen);
    return ExitCode.OK;
  }
}
