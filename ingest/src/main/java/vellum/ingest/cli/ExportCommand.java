package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Exports: what is in the store, as files for other programs. */
@Command(
    name = "export",
    description = "Writes what is in the store to files: CSV, NDJSON or Parquet, and checks them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum export records --from 2026-10-01 --to 2026-11-01 --format parquet --into october",
      "  vellum export totals --from 2026-10-01 --to 2026-11-01 --by account,channel --into totals",
      "  vellum export statements --period 2026-10 --into bills",
      "  vellum export verify october"
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
final class ExportCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new ExportCommand())
        .addSubcommand(new ExportRecordsCommand(screen))
        .addSubcommand(new ExportTotalsCommand(screen))
        .addSubcommand(new ExportStatementsCommand(screen))
        .addSubcommand(new ExportVerifyCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
