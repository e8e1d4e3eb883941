package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** One request of a person. */
@Command(
    name = "show",
    description = "Shows a request, both of its deadlines, and how far its answer is.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request show R-4F7K2Q9M",
      "  vellum request show R-4F7K2Q9M --history --reveal --reason 'to call them'",
      "  vellum request show R-4F7K2Q9M --answer --output json"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestShowCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The request, such as R-4F7K2Q9M.")
  String id = "";

  @Option(names = "--reveal", description = "The person in clear; needs --reason.")
  boolean reveal;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit trail.")
  String reason = "";

  @Option(names = "--history", description = "All that it was, too.")
  boolean history;

  @Option(names = "--answer", description = "What was answered, in its words; it names nobody.")
  boolean answer;

  RequestShowCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (reveal && reason.isBlank()) {
      throw new CommandFault(ExitCode.USAGE, "--reveal needs --reason TEXT");
    }
    ServerCalls calls = server.calls(screen);
    if (answer) {
      new JsonRows(screen, output.format).document(calls.get(RequestView.path(id) + "/answer"));
      return ExitCode.OK;
    }
    String query =
        "?reveal="
            + reveal
            + "&history="
            + history
            + (reason.isBlank() ? "" : "&reason=" + ServerCalls.encoded(reason));
    JsonNode request = calls.get(RequestView.path(id) + query);
    RequestView.print(screen, output.format, request);
    return ExitCode.OK;
  }
}
