package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.core.billing.Money;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** What was posted. */
@Command(
    name = "list",
    description = {
      "Lists postings by hand; with --period also what messages posted: ADJUSTMENT is on this month's"
          + " bill though it is of another, CHANGE is money that changed in this month after its first"
          + " rating, for information."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum posting list --account acme",
      "  vellum posting list --account acme --period 2026-11 --output csv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PostingListCommand implements Callable<Integer> {

  private static final int MOST = 1000;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PartyOption party = new PartyOption();

  @Option(names = "--period", paramLabel = "MONTH", description = "On whose bill they stand.")
  @Nullable YearMonth period;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most of those that messages made (default: all).")
  int limit = Integer.MAX_VALUE;

  PostingListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    party.require();
    if (limit < 1) {
      throw new CommandFault(ExitCode.USAGE, "--limit must be at least 1");
    }
    ArrayNode postings = JsonNodeFactory.instance.arrayNode();
    boolean more = read(postings);
    JsonRows rows = new JsonRows(screen, output.format);
    if (output.format != OutputFormat.TABLE) {
      rows.print(postings);
    } else {
      Table table =
          new Table("POSTING", "ON", "OF", "NUMBER", "REASON", ">AMOUNT", "CURRENCY", "RECORD");
      for (JsonNode one : postings) {
        table.row(
            one.path("posting").asText(),
            one.path("period").asText(),
            one.path("record_period").asText(),
            one.path("number").asText(),
            (one.path("reason").asText() + ' ' + one.path("run").asText()).strip(),
            Money.shown(one.path("amount").asText()),
            one.path("currency").asText(),
            one.path("record").asText());
      }
      rows.printTable(table);
    }
    screen
        .err()
        .println(Figures.count(postings.size(), "posting") + (more ? "; there are more" : ""));
    return ExitCode.OK;
  }

  /** Reads page after page; whether there are more than are wanted. */
  private boolean read(ArrayNode postings) {
    ServerCalls calls = server.calls(screen);
    String query =
        party.parameter().substring(1) + (period == null ? "" : "&period=" + period) + "&limit=";
    String cursor = "";
    for (int read = 0; ; read += MOST) {
      int wanted = Math.min(MOST, limit - read);
      JsonNode page = calls.get("/v1/billing/postings?" + query + wanted + cursor);
      page.path("postings").forEach(postings::add);
      boolean more = page.hasNonNull("next");
      if (!more || read + wanted >= limit) {
        return more;
      }
      cursor = "&cursor=" + ServerCalls.encoded(page.path("next").asText());
    }
  }
}
