package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** Orders, without whom they are about. */
@Command(
    name = "list",
    description = "Lists orders that are not closed, without whom they are about.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum order list", "  vellum order list --state submitted"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class OrderListCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state.")
  @Nullable String state;

  @Option(names = "--all", description = "Those that are closed, too.")
  boolean all;

  OrderListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ServerCalls calls = server.calls(screen);
    ArrayNode orders = JsonNodeFactory.instance.arrayNode();
    String query =
        "/v1/orders?limit=1000&all="
            + all
            + (state == null ? "" : "&state=" + ServerCalls.encoded(state));
    JsonNode page = calls.get(query);
    page.path("orders").forEach(orders::add);
    while (page.has("next")) {
      page = calls.get(query + "&cursor=" + ServerCalls.encoded(page.path("next").asText()));
      page.path("orders").forEach(orders::add);
    }
    JsonRows rows = new JsonRows(screen, output.format);
    if (!rows.printTable(OrderRows.table(orders))) {
      rows.print(orders);
    }
    return ExitCode.OK;
  }
}
