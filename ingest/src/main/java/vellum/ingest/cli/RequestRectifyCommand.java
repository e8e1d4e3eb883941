package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** A wrong identity is to be put right. */
@Command(
    name = "rectify",
    description = {
      "Takes in that a wrong number or address is to be put right in the person's live records."
          + " The records that are meant are those with --number, within the interval.",
      RequestNewCommand.INTERVAL
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request rectify --number +491701234567 --held-from 2026-01-01"
          + " --to +491709999999 --check 'contract seen'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      RequestNewCommand.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestRectifyCommand extends RequestNewCommand {

  @Option(
      names = "--to",
      paramLabel = "TEXT",
      required = true,
      description = "The right number or address, in place of the wrong one.")
  String right = "";

  RequestRectifyCommand(Screen screen) {
    super(screen, "rectification");
  }

  @Override
  void complete(ObjectNode body) {
    body.put("correct_to", right);
  }
}
