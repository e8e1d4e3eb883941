package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Totals of sales and costs. */
@Command(
    name = "total",
    description = "Sums what accounts are charged and what suppliers charge, to the nano.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum total list --from 2026-10-01 --to 2026-11-01 --by account,channel",
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class TotalCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new TotalCommand()).addSubcommand(new TotalListCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
