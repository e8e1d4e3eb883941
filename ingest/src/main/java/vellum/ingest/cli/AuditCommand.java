package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** The audit trail: who did what, when and why. */
@Command(
    name = "audit",
    description = "Shows who did what, when and why, and proves that nobody changed it since.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum audit tail",
      "  vellum audit export trail.ndjson",
      "  vellum audit verify trail.ndjson --key KEY"
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
final class AuditCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new AuditCommand())
        .addSubcommand(new AuditTailCommand(screen))
        .addSubcommand(new AuditExportCommand(screen))
        .addSubcommand(new AuditVerifyCommand(screen))
        .addSubcommand(new AuditKeyCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
