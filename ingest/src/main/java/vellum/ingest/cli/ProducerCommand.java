package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Who sends records. */
@Command(
    name = "producer",
    description = "Lists who sends records, and which of their sequences never came.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum producer list", "  vellum producer gaps --producer sms-gateway"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ProducerCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new ProducerCommand())
        .addSubcommand(new ProducerListCommand(screen))
        .addSubcommand(new ProducerGapsCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
