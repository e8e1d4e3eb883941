package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** An account's records of a time. */
@Command(
    name = "list",
    description = "Lists an account's records of a time, identities masked.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum record list --account acme --from 2026-11-01 --to 2026-12-01",
      "  vellum record list --account acme --from 2026-11-20T12:00:00Z --to 2026-11-20T13:00:00Z \\",
      "      --output csv > hour.csv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ListCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--account", paramLabel = "ID", required = true, description = "The account.")
  String account = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "First instant, or a date (UTC).")
  Instant from = Instant.EPOCH;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      required = true,
      description = "First instant after, or a date (UTC).")
  Instant to = Instant.EPOCH;

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  ListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (limit < 1 || !from.isBefore(to)) {
      throw new CommandFault(
          ExitCode.USAGE, limit < 1 ? "--limit must be at least 1" : "--from must be before --to");
    }
    ServerCalls calls = server.calls(screen);
    RecordRows rows = new RecordRows(screen, output.format);
    String query =
        "/v1/records?account=" + ServerCalls.encoded(account) + "&from=" + from + "&to=" + to;
    String cursor = "";
    boolean more;
    do {
      long left = limit - rows.rows();
      String page = query + "&limit=" + Math.min(PAGE, left) + cursor;
      JsonNode answer = calls.get(page);
      rows.add(answer.path("records"), left);
      more = answer.hasNonNull("next");
      cursor = "&cursor=" + ServerCalls.encoded(answer.path("next").asText());
    } while (more && rows.rows() < limit);
    rows.end();
    rows.tellStripped();
    screen.err().println(Figures.count(rows.rows(), "record") + (more ? "; there are more" : ""));
    return ExitCode.OK;
  }
}
