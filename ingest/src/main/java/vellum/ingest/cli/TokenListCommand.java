package vellum.ingest.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** The tokens of a server, without what they are. */
@Command(
    name = "list",
    description = {
      "Lists tokens: name, roles, accounts (none: all), expiry, and whether each is good.",
      "Those that ended are listed for a year."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum token list", "  vellum token list --output csv"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class TokenListCommand implements Callable<Integer> {

  private static final List<String> COLUMNS =
      List.of(
          ">number",
          "name",
          "roles",
          "accounts",
          "state",
          "created_at",
          "created_by",
          "expires_at",
          "revoked_at",
          "revoked_by",
          "reason");

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  TokenListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    PagedRows rows = PagedRows.flat(screen, output.format, COLUMNS);
    rows.add(server.calls(screen).get(TokenCommand.TOKENS).path("tokens"), Long.MAX_VALUE);
    rows.end();
    screen.err().println(Figures.count(rows.rows(), "token"));
    return ExitCode.OK;
  }
}
