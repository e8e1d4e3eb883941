package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Suspense: records that could not be processed. */
@Command(
    name = "suspense",
    description = "Lists records that could not be processed, recycles them, writes them off.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum suspense list",
      "  vellum suspense list --code UNKNOWN_ACCOUNT --output csv",
      "  vellum suspense recycle --code UNKNOWN_ACCOUNT --account acme-old --set account=acme",
      "  vellum suspense write-off --code EXPIRED_YEAR --yes --reason 'past every limit'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.PARTIAL_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class SuspenseCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new SuspenseCommand())
        .addSubcommand(new SuspenseListCommand(screen))
        .addSubcommand(new SuspenseShowCommand(screen))
        .addSubcommand(new SuspenseRecycleCommand(screen))
        .addSubcommand(new SuspenseWriteOffCommand(screen))
        .addSubcommand(new SuspenseNotesCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
