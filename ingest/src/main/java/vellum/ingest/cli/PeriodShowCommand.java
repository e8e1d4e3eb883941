package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** One statement. */
@Command(
    name = "show",
    description = {
      "Shows a statement: charges, adjustments with their reasons, postings by hand, totals.",
      "With --output json the very bytes that its digest is of: pipe them into sha256sum."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period show 2026-10 --account acme",
      "  vellum period show 2026-10 --supplier tele-x --revision 1",
      "  vellum period show 2026-11 --account acme --preview",
      "  vellum period show 2026-10 --account acme --output json | sha256sum"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodShowCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PartyOption party = new PartyOption();

  @Parameters(paramLabel = "MONTH", description = "The month, such as 2026-10.")
  YearMonth period = YearMonth.of(1970, 1);

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Which closing (default: the last).")
  int revision;

  @Option(
      names = "--preview",
      description = "What would be billed as things are, whether the month is over or not.")
  boolean preview;

  PeriodShowCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    party.require();
    String which = preview ? "&preview=true" : revision == 0 ? "" : "&revision=" + revision;
    JsonNode shown =
        server
            .calls(screen)
            .get("/v1/billing/periods/" + period + "?" + (party.parameter() + which).substring(1));
    StatementRows rows = new StatementRows(screen, shown, preview);
    switch (output.format) {
      case TABLE -> rows.print();
      case JSON -> {
        screen.out().print(shown.path("text").asText());
        screen.out().flush();
      }
      default -> new JsonRows(screen, output.format).print(rows.flat());
    }
    return ExitCode.OK;
  }
}
