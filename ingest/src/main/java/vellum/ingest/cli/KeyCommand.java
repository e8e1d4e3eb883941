package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.SecretPrompt;

/** Keys: what wraps them, and their backups. */
@Command(
    name = "key",
    description =
        "Shows, opens and replaces the key that wraps all keys, and keeps backups of keys.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum key status", "  vellum key unseal", "  vellum key backup list"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class KeyCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new KeyCommand())
        .addSubcommand(new KeyStatusCommand(screen))
        .addSubcommand(new KeyUnsealCommand(screen, SecretPrompt.of(screen)))
        .addSubcommand(new KeyRotateCommand(screen))
        .addSubcommand(new KeyBackupCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
