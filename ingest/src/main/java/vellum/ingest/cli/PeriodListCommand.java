package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** The closings of periods. */
@Command(
    name = "list",
    description = {
      "Lists closed periods, with what became of them; a period that is not listed is open.",
      "A period that was opened again shows why, and a second closing is its next revision."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period list",
      "  vellum period list --period 2026-10 --output csv",
      "  vellum period list --account acme"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodListCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PartyOption party = new PartyOption();

  @Option(names = "--period", paramLabel = "MONTH", description = "Only this month.")
  @Nullable YearMonth period;

  PeriodListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    String query = party.parameter() + (period == null ? "" : "&period=" + period);
    String path = "/v1/billing/periods" + (query.isEmpty() ? "" : "?" + query.substring(1));
    JsonNode periods = server.calls(screen).get(path).path("periods");
    JsonRows rows = new JsonRows(screen, output.format);
    if (output.format != OutputFormat.TABLE) {
      rows.print(periods);
      return ExitCode.OK;
    }
    Table table =
        new Table("PERIOD", "PARTY", ">REVISION", "STATE", ">LINES", ">TOTAL", "CLOSED", "DIGEST");
    for (JsonNode one : periods) {
      table.row(
          one.path("period").asText(),
          PeriodRows.party(one),
          one.path("revision").asText(),
          one.path("state").asText(),
          Figures.count(one.path("lines").asLong()),
          PeriodRows.total(one),
          one.path("closed_at").asText(),
          PeriodRows.shortDigest(one));
    }
    rows.printTable(table);
    screen.err().println(Figures.count(periods.size(), "closing"));
    return ExitCode.OK;
  }
}
