package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** A person wants their records to take elsewhere. */
@Command(
    name = "portability",
    description = {
      "Takes in that a person wants their records to take elsewhere. Refused at once, with the reason:"
          + " there is neither consent nor a contract with the person; --override grants it.",
      RequestNewCommand.INTERVAL
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request portability --number - --held-from 2026-01-01 --check 'contract seen'",
      "  vellum request portability --number - --held-from 2026-01-01 --check 'contract seen'"
          + " --override 'own contract with the person'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      RequestNewCommand.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestPortabilityCommand extends RequestNewCommand {

  @Option(
      names = "--override",
      paramLabel = "REASON",
      description = "Grant it for this reason though it is not owed.")
  String override = "";

  RequestPortabilityCommand(Screen screen) {
    super(screen, "portability");
  }

  @Override
  void complete(ObjectNode body) {
    if (!override.isBlank()) {
      body.put("override", override);
    }
  }
}
