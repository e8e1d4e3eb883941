package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** The end of a token. */
@Command(
    name = "revoke",
    description = {
      "Ends a token at once: requests with it are refused, and connections opened with it end.",
      "Without --yes, only shows it. It does not come back."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum token revoke 3",
      "  vellum token revoke 3 --yes --reason 'left the company'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: it has ended already, or nobody else could manage tokens",
      ExitCode.UNREACHABLE_LINE
    })
final class TokenRevokeCommand implements Callable<Integer> {

  private final Screen screen;

  @Parameters(
      paramLabel = "NUMBER",
      description = "The token's number, as vellum token list says it.")
  long number;

  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin Consent consent = new Consent();

  TokenRevokeCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dry_run", !consent.yes);
    if (consent.yes) {
      body.put("reason", consent.reason);
    }
    JsonNode token =
        server.calls(screen).post(TokenCommand.TOKENS + "/" + number + "/revoke", body);
    new JsonRows(screen, output.format).document(token);
    consent.given(screen);
    return ExitCode.OK;
  }
}
