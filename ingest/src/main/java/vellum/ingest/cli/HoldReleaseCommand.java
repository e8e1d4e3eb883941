package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** The end of a hold. */
@Command(
    name = "release",
    description = {
      "Ends a hold: what it kept is not read any more, and erased at once, with a certificate.",
      "Without --yes, only shows it. What is erased does not come back."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum hold release H-4F7K2Q9M",
      "  vellum hold release H-4F7K2Q9M --yes --reason 'the order was lifted'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: it is over already, or the caller may not end it",
      ExitCode.UNREACHABLE_LINE
    })
final class HoldReleaseCommand implements Callable<Integer> {

  private final Screen screen;

  @Parameters(paramLabel = "ID", description = "The hold, such as H-4F7K2Q9M.")
  String id = "";

  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin Consent consent = new Consent();

  HoldReleaseCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dry_run", !consent.yes);
    if (consent.yes) {
      body.put("reason", consent.reason);
    }
    new JsonRows(screen, output.format)
        .document(server.calls(screen).post(HoldCommand.path(id) + "/release", body));
    consent.given(screen);
    return ExitCode.OK;
  }
}
