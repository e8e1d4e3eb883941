package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** The journal of disclosures. */
@Command(
    name = "journal",
    description = {
      "Shows what was disclosed to whom, when, and how many records; it names no subject.",
      "--by counts for annual statistics: each package once, however often it was handed over."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum order journal --year 2026",
      "  vellum order journal --year 2026 --by country --output csv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class OrderJournalCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--year", paramLabel = "YEAR", description = "Only of this year, UTC.")
  @Nullable Integer year;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "Statistics by country or by type of authority.")
  @Nullable String by;

  OrderJournalCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    String query =
        (year == null ? "" : "&year=" + year)
            + (by == null ? "" : "&by=" + ServerCalls.encoded(by));
    String path = "/v1/disclosures" + (query.isEmpty() ? "" : "?" + query.substring(1));
    JsonNode answer = server.calls(screen).get(path);
    JsonRows rows = new JsonRows(screen, output.format);
    JsonNode lines = by == null ? answer.path("disclosures") : answer.path("statistics");
    if (!rows.printTable(by == null ? entries(lines) : counts(lines, by))) {
      rows.print(lines);
    }
    return ExitCode.OK;
  }

  private static Table entries(JsonNode lines) {
    Table table =
        new Table(">NUMBER", "AT", "ORDER", "AUTHORITY", "COUNTRY", "TYPE", ">RECORDS", "APPROVER");
    for (JsonNode one : lines) {
      String approver = one.path("approver").asText();
      table.row(
          one.path("number").asText(),
          one.path("at").asText(),
          one.path("order").asText(),
          one.path("authority").asText(),
          one.path("country").asText(),
          one.path("type").asText(),
          Figures.count(one.path("records").asLong()),
          approver.isEmpty() ? "(nobody)" : approver);
    }
    return table;
  }

  private static Table counts(JsonNode lines, @Nullable String by) {
    Table table =
        new Table(
            by == null ? "" : by.toUpperCase(Locale.ROOT),
            ">DISCLOSURES",
            ">RECORDS",
            ">WITH ERASED PERIODS",
            ">EMERGENCIES");
    for (JsonNode one : lines) {
      table.row(
          one.path("key").asText(),
          Figures.count(one.path("disclosures").asLong()),
          Figures.count(one.path("records").asLong()),
          Figures.count(one.path("with_erased_periods").asLong()),
          Figures.count(one.path("emergencies").asLong()));
    }
    return table;
  }
}
