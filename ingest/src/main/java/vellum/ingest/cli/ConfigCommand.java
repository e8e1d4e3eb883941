package vellum.ingest.cli;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** A server's settings. */
@Command(
    name = "config",
    description = "Shows and checks a server's settings, without a server.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum config print --config config/vellum.yaml",
      "  vellum config validate --config config/vellum.yaml"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {ExitCode.OK_LINE, ExitCode.USAGE_LINE})
final class ConfigCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen, InstantSource time) {
    return new CommandLine(new ConfigCommand())
        .addSubcommand(new ConfigPrintCommand(screen))
        .addSubcommand(new ConfigValidateCommand(screen, time));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
