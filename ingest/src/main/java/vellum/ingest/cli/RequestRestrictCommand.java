package vellum.ingest.cli;

import picocli.CommandLine.Command;
import vellum.ingest.terminal.Screen;

/** A person wants not to be shown. */
@Command(
    name = "restrict",
    description = {
      "Takes in that a person's records are to be kept, and the person shown to nobody but for holds"
          + " and orders. In force from the decision until the request is closed.",
      RequestNewCommand.INTERVAL
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request restrict --number - --held-from 2026-01-01 --check 'contract seen'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      RequestNewCommand.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestRestrictCommand extends RequestNewCommand {

  RequestRestrictCommand(Screen screen) {
    super(screen, "restriction");
  }
}
