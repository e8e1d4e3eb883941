package vellum.ingest.cli;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Certificates of TLS, and of an agency. */
@Command(
    name = "certificate",
    description = "Makes certificates for trying out TLS, or packages for an agency.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum certificate create-dev dev",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE
    })
final class TlsCertificateCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen, InstantSource time) {
    return new CommandLine(new TlsCertificateCommand())
        .addSubcommand(new CreateDevCommand(screen, time));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
