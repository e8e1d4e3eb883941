package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Requests of the people that records are about. */
@Command(
    name = "request",
    description = "Takes in what people ask for that records are about, decides it, answers it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request access --number - --held-from 2026-01-01 --check 'contract seen'",
      "  vellum request decide R-4F7K2Q9M --grant --reason 'identity proved'",
      "  vellum request answer R-4F7K2Q9M --to answer",
      "  vellum request list --overdue"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new RequestCommand())
        .addSubcommand(new RequestAccessCommand(screen))
        .addSubcommand(new RequestPortabilityCommand(screen))
        .addSubcommand(new RequestEraseCommand(screen))
        .addSubcommand(new RequestRestrictCommand(screen))
        .addSubcommand(new RequestObjectCommand(screen))
        .addSubcommand(new RequestRectifyCommand(screen))
        .addSubcommand(new RequestListCommand(screen))
        .addSubcommand(new RequestShowCommand(screen))
        .addSubcommand(new RequestExtendCommand(screen))
        .addSubcommand(new RequestDecideCommand(screen))
        .addSubcommand(new RequestAnswerCommand(screen))
        .addSubcommand(new RequestCloseCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
