package vellum.ingest.cli;

import picocli.CommandLine.Command;
import vellum.ingest.terminal.Screen;

/** A person objects. */
@Command(
    name = "object",
    description = {
      "Takes in that a person objects to the processing. Assess it, and decide it with a reason; once"
          + " granted the person is shown to nobody, as by a restriction.",
      RequestNewCommand.INTERVAL
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum request object --number - --held-from 2026-01-01 --check 'contract seen'"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      RequestNewCommand.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestObjectCommand extends RequestNewCommand {

  RequestObjectCommand(Screen screen) {
    super(screen, "objection");
  }
}
