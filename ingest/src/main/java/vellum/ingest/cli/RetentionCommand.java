package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Retention: what is kept until when, and proof that the rest is gone. */
@Command(
    name = "retention",
    description = "Shows what is kept until when, changes the policy, proves what is gone.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention status",
      "  vellum retention explain 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55",
      "  vellum retention certificate 2025-03 --output pem --file 2025-03.pem",
      "  vellum retention verify 2025-03.pem",
      "  vellum retention scan --values numbers.txt"
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
final class RetentionCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new RetentionCommand())
        .addSubcommand(new RetentionStatusCommand(screen))
        .addSubcommand(new ExplainCommand(screen))
        .addSubcommand(new PolicyCommand(screen))
        .addSubcommand(new PolicyDiffCommand(screen))
        .addSubcommand(new PolicyApplyCommand(screen))
        .addSubcommand(new CertificateCommand(screen))
        .addSubcommand(new CertificatesCommand(screen))
        .addSubcommand(new SignerCommand(screen))
        .addSubcommand(new VerifyCommand(screen))
        .addSubcommand(new ConfirmClockCommand(screen))
        .addSubcommand(new ScanCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
