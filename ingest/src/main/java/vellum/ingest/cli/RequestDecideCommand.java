package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** What is decided about a person's request. */
@Command(
    name = "decide",
    description = "Grants a request or refuses it; the reason is told to who asked.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum request decide R-4F7K2Q9M --grant --reason 'identity proved'",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestDecideCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin RequestChangeOption which = new RequestChangeOption();

  @Option(names = "--grant", description = "It is to be done.")
  boolean grant;

  @Option(names = "--refuse", description = "It is not.")
  boolean refuse;

  @Option(names = "--override", description = "Grant portability though it is not owed.")
  boolean override;

  RequestDecideCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (grant == refuse) {
      throw new CommandFault(ExitCode.USAGE, "say either --grant or --refuse");
    }
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("granted", grant).put("reason", which.reason);
    if (override) {
      body.put("override", true);
    }
    RequestView.print(
        screen,
        output.format,
        server.calls(screen).post(RequestView.path(which.id) + "/decide", body));
    return ExitCode.OK;
  }
}
