package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Postings: what stands on a bill besides traffic, and what was changed. */
@Command(
    name = "posting",
    description = "Puts refunds, credits and disputes on bills, and lists what was posted.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum posting add --account acme --period 2026-11 --kind refund --amount -12.50 --currency EUR",
      "  vellum posting list --account acme --period 2026-11"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PostingCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new PostingCommand())
        .addSubcommand(new PostingAddCommand(screen))
        .addSubcommand(new PostingListCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
