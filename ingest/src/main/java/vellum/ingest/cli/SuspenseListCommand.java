package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.core.billing.Money;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** Rows of suspense, and how many there are of each code. */
@Command(
    name = "list",
    description =
        "Lists records in suspense, with reason and origin; totals of each code at the end.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum suspense list",
      "  vellum suspense list --code MISSING_PRICE --account acme --from 2026-11-01",
      "  vellum suspense list --limit 1000000 --output ndjson > suspense.ndjson"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class SuspenseListCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin SuspenseChoice choice = new SuspenseChoice();

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: 10000).")
  int limit = 10_000;

  SuspenseListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    choice.check();
    if (limit < 1) {
      throw new CommandFault(ExitCode.USAGE, "--limit must be at least 1");
    }
    ServerCalls calls = server.calls(screen);
    JsonNode totals = calls.get("/v1/suspense/totals" + choice.query());
    String query = choice.query() + "&as_of=" + totals.path("as_of").asLong();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    long shown = 0;
    String cursor = "";
    boolean more;
    do {
      String page = query + "&limit=" + Math.min(PAGE, limit - shown) + cursor;
      JsonNode answer = calls.get("/v1/suspense" + page);
      for (JsonNode row : answer.path("rows")) {
        shown++;
        if (output.format == OutputFormat.NDJSON) {
          screen.out().println(row);
        } else {
          rows.add(row);
        }
      }
      more = answer.hasNonNull("next");
      cursor = "&cursor=" + ServerCalls.encoded(answer.path("next").asText());
    } while (more && shown < limit);
    print(rows);
    tell(totals, shown);
    return ExitCode.OK;
  }

  private void print(ArrayNode rows) {
    JsonRows printer = new JsonRows(screen, output.format);
    Table table = new Table("ID", "CODE", "ACCOUNT", "STARTED", ">AMOUNT", "CUR", ">AGE", "FROM");
    for (JsonNode row : rows) {
      table.row(
          row.path("id").asText(),
          row.path("code").asText(),
          row.path("account").asText(),
          row.path("started_at").asText(),
          Money.shown(row.path("amount").asText()),
          row.path("currency").asText(),
          Figures.duration(Duration.ofSeconds(row.path("age_seconds").asLong())),
          row.path("producer").asText());
    }
    if (output.format != OutputFormat.NDJSON && !printer.printTable(table)) {
      printer.print(rows);
    }
  }

  private void tell(JsonNode totals, long shown) {
    long all = totals.path("rows").asLong();
    List<String> parts = new ArrayList<>();
    for (JsonNode code : totals.path("codes")) {
      parts.add(code.path("code").asText() + " " + Figures.count(code.path("rows").asLong()));
    }
    for (JsonNode amount : totals.path("amounts")) {
      parts.add(
          Money.shown(amount.path("amount").asText()) + " " + amount.path("currency").asText());
    }
    String what = parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    screen
        .err()
        .println(
            Figures.count(all, "record")
                + " in suspense"
                + what
                + (shown < all ? "; " + Figures.count(shown) + " shown" : ""));
  }
}
