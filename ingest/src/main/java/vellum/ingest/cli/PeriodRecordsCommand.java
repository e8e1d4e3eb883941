package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The records behind a line of a statement. */
@Command(
    name = "records",
    description = {
      "Lists the records behind a line of a statement, identities masked, as they are now: by the"
          + " line's dimensions and the billing days of its month. What changed since the closing is"
          + " listed by 'vellum posting list'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period records 2026-10 --account acme --line 3",
      "  vellum period records 2026-10 --supplier tele-x --line 1 --output csv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodRecordsCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PartyOption party = new PartyOption();

  @Parameters(paramLabel = "MONTH", description = "The month, such as 2026-10.")
  YearMonth period = YearMonth.of(1970, 1);

  @Option(
      names = "--line",
      paramLabel = "N",
      required = true,
      description = "Number of the line, from 1.")
  int line;

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Which closing (default: the last).")
  int revision;

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  PeriodRecordsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    party.require();
    if (limit < 1) {
      throw new CommandFault(ExitCode.USAGE, "--limit must be at least 1");
    }
    ServerCalls calls = server.calls(screen);
    String which = revision == 0 ? "" : "&revision=" + revision;
    JsonNode statement =
        calls
            .get("/v1/billing/periods/" + period + "?" + (party.parameter() + which).substring(1))
            .path("statement");
    JsonNode wanted = statement.path("lines").path(line - 1);
    if (wanted.isMissingNode()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "the statement has lines 1 to " + statement.path("lines").size() + ", not " + line);
    }
    new RecordPages(screen, output.format).print(calls, query(wanted), limit);
    return ExitCode.OK;
  }

  private String query(JsonNode wanted) {
    StringBuilder query = new StringBuilder("/v1/records?cube=");
    query.append(party.account != null ? "sale" : "cost").append(party.parameter());
    query.append("&billing_from=").append(period.atDay(1));
    query.append("&billing_to=").append(period.plusMonths(1).atDay(1));
    for (String dimension : StatementRows.dimensions(party.account != null)) {
      query
          .append('&')
          .append(dimension)
          .append('=')
          .append(ServerCalls.encoded(wanted.path(dimension).asText()));
    }
    return query.toString();
  }
}
