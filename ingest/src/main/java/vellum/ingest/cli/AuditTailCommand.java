package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** The newest entries of the audit trail, or all from one on. */
@Command(
    name = "tail",
    description = {
      "Lists the newest entries of the audit trail, or those from one on.",
      "Of entries about what is secret only the hash is shown."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum audit tail",
      "  vellum audit tail --last 500 --output ndjson",
      "  vellum audit tail --from 0 --output csv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class AuditTailCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "How many of the newest (default: ${DEFAULT-VALUE}).")
  long last = 20;

  @Option(
      names = "--from",
      paramLabel = "N",
      description = "All from this entry on, in place of the newest.")
  @Nullable Long from;

  AuditTailCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (last < 1) {
      throw new CommandFault(ExitCode.USAGE, "--last must be at least 1");
    }
    if (from != null && from < 0) {
      throw new CommandFault(ExitCode.USAGE, "--from must be at least 0");
    }
    ServerCalls calls = server.calls(screen);
    PagedRows rows =
        new PagedRows(
            screen,
            output.format,
            new Table(
                ">ENTRY", "AT", "WHO", "ROLE", "EVENT", "OUTCOME", "ABOUT", "CASE", ">COUNT",
                "WHY"),
            AuditTailCommand::add);
    JsonNode answer = calls.get(first());
    rows.add(answer.path("entries"), Long.MAX_VALUE);
    while (answer.hasNonNull("next")) {
      answer = calls.get(path("cursor=" + answer.path("next").asText()));
      rows.add(answer.path("entries"), Long.MAX_VALUE);
    }
    rows.end();
    screen
        .err()
        .println(
            Figures.count(rows.rows())
                + " of "
                + Figures.count(answer.path("size").asLong())
                + " entries");
    return ExitCode.OK;
  }

  private String first() {
    return path(from != null ? "cursor=" + from : "last=" + last);
  }

  private static String path(String where) {
    return "/v1/audit?" + where + "&limit=" + PAGE;
  }

  private static void add(Table table, JsonNode each) {
    JsonNode entry = each.path("entry");
    boolean isSealed = entry.path("sealed").asBoolean();
    table.row(
        entry.path("entry").asText(),
        entry.path("at").asText(""),
        entry.path("who").asText(""),
        entry.path("role").asText(""),
        isSealed ? "sealed" : entry.path("event").asText(""),
        entry.path("outcome").asText(""),
        isSealed ? each.path("hash").asText() : entry.path("about").asText(""),
        entry.path("case").asText(""),
        entry.path("count").asText(""),
        entry.path("why").asText(""));
  }
}
