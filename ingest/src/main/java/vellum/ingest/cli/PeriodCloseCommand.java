package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** The end of periods. */
@Command(
    name = "close",
    description = {
      "Closes a month: its statement is made and never changes; what comes later is an adjustment on"
          + " the next open period. Without --yes, only shows what would be closed.",
      "--all and --all-suppliers leave out whose month is closed, or not over in their zone."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period close 2026-10 --account acme",
      "  vellum period close 2026-10 --all --yes",
      "  vellum period close 2026-10 --all-suppliers --yes"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "3:some were closed; the month of others is not over",
      "4:none was closed: not over, or closed before",
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodCloseCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PartyOption party = new PartyOption();

  @Parameters(paramLabel = "MONTH", description = "The month, such as 2026-10.")
  YearMonth period = YearMonth.of(1970, 1);

  @Option(names = "--all", description = "All accounts.")
  boolean all;

  @Option(names = "--all-suppliers", description = "All suppliers.")
  boolean allSuppliers;

  @Option(names = "--yes", description = "Do it; without it, only what would happen is shown.")
  boolean yes;

  PeriodCloseCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dry_run", !yes);
    if (all || allSuppliers) {
      if (party.isGiven() || all && allSuppliers) {
        throw new CommandFault(
            ExitCode.USAGE, "say one: --account, --supplier, --all or --all-suppliers");
      }
      body.put("all", all ? "accounts" : "suppliers");
    } else {
      party.require();
      party.into(body);
    }
    JsonNode results =
        server.calls(screen).post("/v1/billing/periods/" + period + "/close", body).path("results");
    print(results);
    if (!yes) {
      screen.err().println("dry run, nothing was closed; to do it: --yes");
      return ExitCode.OK;
    }
    return exitCode(results);
  }

  /** Refused when none was closed, partial when a month of some is not over. */
  private static int exitCode(JsonNode results) {
    boolean anyClosed = false;
    boolean anyOpen = false;
    for (JsonNode one : results) {
      String outcome = one.path("outcome").asText();
      anyClosed |= outcome.equals("CLOSED");
      anyOpen |= outcome.equals("NOT_OVER");
    }
    if (!anyClosed && !results.isEmpty()) {
      return ExitCode.REFUSED;
    }
    return anyOpen ? ExitCode.PARTIAL : ExitCode.OK;
  }

  private void print(JsonNode results) {
    JsonRows rows = new JsonRows(screen, output.format);
    if (output.format != OutputFormat.TABLE) {
      rows.print(results);
      return;
    }
    Table table = new Table("PARTY", "OUTCOME", ">REVISION", ">LINES", ">TOTAL", "DIGEST");
    for (JsonNode one : results) {
      table.row(
          PeriodRows.party(one),
          one.path("outcome").asText(),
          one.path("revision").asText(),
          Figures.count(one.path("lines").asLong()),
          PeriodRows.total(one),
          PeriodRows.shortDigest(one));
    }
    rows.printTable(table);
  }
}
