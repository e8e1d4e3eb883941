package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The records behind a line of a statement. */
@Command(
    name = "records",
    description = {
      "Lists the records behind a line of a statement, identities masked, as they are now: by the"
          + " line's dimensions and the billing days of its month; of a supplier its legs. Says so when"
          + " they do not come to the line any more: later changes are listed by 'vellum posting list'.",
      "With --adjustment the postings behind a line of adjustments, each with its record."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period records 2026-10 --account acme --line 3",
      "  vellum period records 2026-10 --supplier tele-x --line 1 --output csv",
      "  vellum period records 2026-11 --account acme --preview --adjustment 2"
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
  @Mixin StatementOption which = new StatementOption();

  @Option(names = "--line", paramLabel = "N", description = "Number of the line, from 1.")
  int line;

  @Option(
      names = "--adjustment",
      paramLabel = "N",
      description = "Number of the line of adjustments, from 1, in place of --line.")
  int adjustment;

  @Option(names = "--preview", description = "Of the bill as it is, whether closed or not.")
  boolean preview;

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  PeriodRecordsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    String path = which.path("", preview);
    check(limit >= 1, "--limit must be at least 1");
    check(
        line >= 0 && adjustment >= 0 && (line == 0) != (adjustment == 0),
        "say which: --line N or --adjustment N, from 1");
    ServerCalls calls = server.calls(screen);
    JsonNode statement = calls.get(path).path("statement");
    if (line > 0) {
      printLine(calls, wanted(statement.path("lines"), line, "lines"));
    } else {
      wanted(statement.path("adjustments"), adjustment, "adjustments");
      pages(calls, RecordRows.Kind.POSTING)
          .print(which.path("/adjustments/" + adjustment + "/records", preview), null);
    }
    return ExitCode.OK;
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new CommandFault(ExitCode.USAGE, message);
    }
  }

  private static JsonNode wanted(JsonNode lines, int number, String what) {
    check(!lines.isEmpty(), "the statement has no " + what);
    check(
        number <= lines.size(),
        "the statement has " + what + " 1 to " + lines.size() + ", not " + number);
    return lines.path(number - 1);
  }

  private RecordPages pages(ServerCalls calls, RecordRows.Kind kind) {
    return new RecordPages(screen, calls, output.format, kind, limit);
  }

  private void printLine(ServerCalls calls, JsonNode wanted) {
    boolean ofAccount = which.party.account != null;
    LineNow now = LineNow.of(calls, which, wanted);
    StringBuilder query = new StringBuilder("/v1/records?cube=");
    query.append(ofAccount ? "sale" : "cost").append(which.party.parameter());
    query.append("&billing_from=").append(which.period.atDay(1));
    query.append("&billing_to=").append(which.period.plusMonths(1).atDay(1));
    for (String dimension : StatementRows.dimensions(ofAccount)) {
      query.append('&').append(dimension).append('=');
      query.append(ServerCalls.encoded(wanted.path(dimension).asText()));
    }
    pages(calls, ofAccount ? RecordRows.Kind.RECORD : RecordRows.Kind.LEG)
        .print(query.toString(), now.summary());
    if (!now.isSame()) {
      screen.err().println(now.note());
    }
  }
}
