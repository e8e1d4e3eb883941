package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** Why, and until when, a record is kept. */
@Command(
    name = "explain",
    description = {
      "Says of each privacy class of a record by which rule it is kept, from when it counts, when it"
          + " is erased, and what blocks that.",
      "With --field, says so of one field, and what a strip does to it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention explain 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55",
      "  vellum retention explain 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55 --field recipient"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      "1:there is no such record, or it failed",
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ExplainCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "RECORD_ID", description = "The record's id, a UUID.")
  String id = "";

  @Option(
      names = "--field",
      paramLabel = "NAME",
      description = "A field of the schema, such as recipient or rating.sale_price_nanos.")
  @Nullable String field;

  ExplainCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ShowCommand.checkId(id);
    String query = field == null ? "" : "?field=" + ServerCalls.encoded(field);
    JsonNode answer = server.calls(screen).get("/v1/retention/explain/" + id + query);
    JsonRows rows = new JsonRows(screen, output.format);
    switch (output.format) {
      case TABLE -> table(answer, rows);
      case JSON -> rows.document(answer);
      default -> rows.print(answer.path("reasons"));
    }
    return ExitCode.OK;
  }

  private void table(JsonNode answer, JsonRows rows) {
    boolean fields = field != null;
    Table table =
        fields
            ? new Table(
                "FIELD", "PRIVACY", "AT STRIP", "RULE", "CLASS", "ERASED AT", "NOW", "BLOCKED BY")
            : new Table(
                "PRIVACY",
                "RULE",
                "CLASS",
                ">POLICY",
                "FROM",
                "ZONE",
                "ERASED AT",
                "NOW",
                "BLOCKED BY");
    for (JsonNode reason : answer.path("reasons")) {
      String rule =
          text(reason, "rule") + (reason.path("verified").asBoolean() ? "" : " (unverified)");
      if (fields) {
        table.row(
            text(reason, "field"),
            text(reason, "privacy"),
            text(reason, "at_strip"),
            rule,
            text(reason, "class"),
            text(reason, "erased_at"),
            reason.path("gone").asBoolean() ? "erased" : "kept",
            text(reason, "blocked_by"));
      } else {
        String from = text(reason, "anchor_at");
        table.row(
            text(reason, "privacy"),
            rule,
            text(reason, "class"),
            text(reason, "policy_version"),
            from.isEmpty() ? text(reason, "anchor") : from,
            text(reason, "zone"),
            text(reason, "erased_at"),
            reason.path("gone").asBoolean() ? "erased" : "kept",
            text(reason, "blocked_by"));
      }
    }
    rows.printTable(table);
    screen.err().println(answer.path("period").asText() + " is " + answer.path("stage").asText());
  }

  private static String text(JsonNode node, String name) {
    return node.hasNonNull(name) ? node.path(name).asText() : "";
  }
}
