package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** The end of a person's request. */
@Command(
    name = "close",
    description =
        "Closes a request that is answered, or withdrawn; a restriction ends, and its package is removed.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum request close R-4F7K2Q9M --reason 'handed over'",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestCloseCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin RequestChangeOption which = new RequestChangeOption();

  @Option(names = "--withdrawn", description = "Whoever asked does not want it any more.")
  boolean withdrawn;

  RequestCloseCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("reason", which.reason)
            .put("withdrawn", withdrawn);
    RequestView.print(
        screen,
        output.format,
        server.calls(screen).post(RequestView.path(which.id) + "/close", body));
    return ExitCode.OK;
  }
}
