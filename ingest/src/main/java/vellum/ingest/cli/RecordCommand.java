package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Records: how many, which, one. */
@Command(
    name = "record",
    description = "Counts, lists and shows records.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum record count",
      "  vellum record list --account acme --from 2026-11-01 --to 2026-12-01",
      "  vellum record show 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RecordCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new RecordCommand())
        .addSubcommand(new CountCommand(screen))
        .addSubcommand(new ListCommand(screen))
        .addSubcommand(new ShowCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
