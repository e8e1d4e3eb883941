package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Billing periods: closed, shown, proven. */
@Command(
    name = "period",
    description = "Closes billing periods, shows their statements, proves that they stand.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period close 2026-10 --all",
      "  vellum period show 2026-10 --account acme",
      "  vellum period records 2026-10 --account acme --line 3",
      "  vellum period verify 2026-10 --supplier tele-x"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNVERIFIED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new PeriodCommand())
        .addSubcommand(new PeriodListCommand(screen))
        .addSubcommand(new PeriodCloseCommand(screen))
        .addSubcommand(new PeriodShowCommand(screen))
        .addSubcommand(new PeriodVerifyCommand(screen))
        .addSubcommand(new PeriodReopenCommand(screen))
        .addSubcommand(new PeriodRecordsCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
