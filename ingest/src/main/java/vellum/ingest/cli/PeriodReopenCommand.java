package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** A period that is opened again. */
@Command(
    name = "reopen",
    description = {
      "Opens a closed month again; without --yes, only shows its closing. The statement stays, with"
          + " the reason; a second closing is its next revision."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period reopen 2026-10 --account acme",
      "  vellum period reopen 2026-10 --account acme --yes --reason 'tariff of October was wrong'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodReopenCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PartyOption party = new PartyOption();
  @Mixin Consent consent = new Consent();

  @Parameters(paramLabel = "MONTH", description = "The month, such as 2026-10.")
  YearMonth period = YearMonth.of(1970, 1);

  PeriodReopenCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    party.require();
    ObjectNode body =
        party
            .into(JsonNodeFactory.instance.objectNode())
            .put("reason", consent.yes ? consent.reason : "dry run")
            .put("dry_run", !consent.yes);
    JsonNode closing = server.calls(screen).post("/v1/billing/periods/" + period + "/reopen", body);
    new JsonRows(screen, output.format).document(closing);
    consent.given(screen);
    return ExitCode.OK;
  }
}
