package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** The search for an order's records, and their packing. */
@Command(
    name = "run",
    description = {
      "Has the server look an approved order's records up and pack them, and waits for the package.",
      "The server goes on when this command is broken off, and after a crash; run it again to wait"
          + " again. An order of an emergency may run before it is approved."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum order run O-4F7K2Q9M", "  vellum order run O-4F7K2Q9M --no-wait"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: not approved, past its deadline, run already, or permissions",
      ExitCode.UNREACHABLE_LINE
    })
final class OrderRunCommand implements Callable<Integer> {

  private static final long SHARES = 1_000;
  private static final Duration LEAST_WAIT = Duration.ofMillis(20);
  private static final Duration MOST_WAIT = Duration.ofMillis(500);

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The order, such as O-4F7K2Q9M.")
  String id = "";

  @Option(names = "--no-wait", description = "Do not wait for the package.")
  boolean noWait;

  OrderRunCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ServerCalls calls = server.calls(screen);
    String path = "/v1/orders/" + ServerCalls.encoded(id);
    JsonNode order = calls.get(path);
    if (!order.path("state").asText().equals("RUNNING")) {
      order = calls.post(path + "/run", JsonNodeFactory.instance.objectNode());
    }
    if (!noWait) {
      order = await(calls, path, order);
    }
    OrderRows.printStep(screen, output.format, order);
    if (output.format == OutputFormat.TABLE) {
      order
          .path("missing")
          .forEach(one -> screen.err().println(screen.errPaint().yellow(one.asText())));
    }
    return ExitCode.OK;
  }

  private JsonNode await(ServerCalls calls, String path, JsonNode begun) {
    JsonNode order = begun;
    long wait = LEAST_WAIT.toNanos();
    try (ProgressMeter meter = new ProgressMeter(screen, id, "records", System::nanoTime)) {
      while (order.path("state").asText().equals("RUNNING")) {
        LockSupport.parkNanos(wait);
        wait = Math.min(2 * wait, MOST_WAIT.toNanos());
        order = calls.get(path);
        meter.at(
            (long) (SHARES * order.path("done").asDouble()),
            SHARES,
            order.path("records").asLong());
      }
    }
    if (order.has("trouble")) {
      throw new CommandFault(ExitCode.FAILED, id + ": " + order.path("trouble").asText());
    }
    return order;
  }
}
