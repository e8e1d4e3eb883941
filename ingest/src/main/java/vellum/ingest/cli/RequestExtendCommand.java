package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** Two months more to answer a person. */
@Command(
    name = "extend",
    description = "Gives a request two months more, once, and before its first deadline is over.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum request extend R-4F7K2Q9M --reason 'many accounts are asked'",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestExtendCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin RequestChangeOption which = new RequestChangeOption();

  RequestExtendCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", which.reason);
    RequestView.print(
        screen,
        output.format,
        server.calls(screen).post(RequestView.path(which.id) + "/extend", body));
    return ExitCode.OK;
  }
}
