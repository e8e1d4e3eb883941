package vellum.ingest.cli;

import picocli.CommandLine.Command;
import vellum.ingest.terminal.Screen;

/** A person asks what is kept of them. */
@Command(
    name = "access",
    description = {
      "Takes in that a person asks for what is kept of them.",
      RequestNewCommand.INTERVAL
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request access --number - --held-from 2026-01-01 --check 'contract seen'",
      "  vellum request access --subjects people.txt --check 'passport seen' --account acme",
      "  vellum request access --account acme --check 'signed by its director'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      RequestNewCommand.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestAccessCommand extends RequestNewCommand {

  RequestAccessCommand(Screen screen) {
    super(screen, "access");
  }
}
