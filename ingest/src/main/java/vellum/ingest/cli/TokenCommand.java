package vellum.ingest.cli;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Tokens: create, list, revoke. */
@Command(
    name = "token",
    description = {
      "Makes, lists and revokes the tokens by which producers and callers prove themselves.",
      "A server keeps their hashes only: a token is shown once, when it is made."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum token create smsc-1 --role producer --account acme --file smsc-1.token",
      "  vellum token list",
      "  vellum token revoke 3 --yes --reason 'left the company'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class TokenCommand implements Runnable {

  static final String TOKENS = "/v1/tokens";

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen, InstantSource time) {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new TokenCreateCommand(screen, time))
        .addSubcommand(new TokenListCommand(screen))
        .addSubcommand(new TokenRevokeCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
