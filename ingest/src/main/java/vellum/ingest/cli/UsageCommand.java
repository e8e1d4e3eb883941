package vellum.ingest.cli;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** The usage log. */
@Command(
    name = "usage",
    description = "Imports and finds events of the usage log: who did what on the platform.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum usage import usage.ndjson.zst",
      "  vellum usage find --account acme --from 2026-11-01 --to 2026-12-01"
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
final class UsageCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen, InstantSource time) {
    return new CommandLine(new UsageCommand())
        .addSubcommand(new UsageImportCommand(screen, time))
        .addSubcommand(new UsageFindCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
