package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.core.billing.Money;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** What was written off. */
@Command(
    name = "write-offs",
    description = "Lists the notes of what was written off: who, when, why, how much.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum suspense write-offs", "  vellum suspense write-offs --output csv"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class SuspenseNotesCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  SuspenseNotesCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    JsonNode notes = server.calls(screen).get("/v1/suspense/write-offs").path("write_offs");
    Table table = new Table(">NUMBER", "AT", "BY", ">ROWS", "AMOUNTS", "REASON");
    for (JsonNode note : notes) {
      List<String> amounts = new ArrayList<>();
      for (JsonNode amount : note.path("amounts")) {
        amounts.add(
            Money.shown(amount.path("amount").asText()) + " " + amount.path("currency").asText());
      }
      boolean ended = note.path("journal_sequence").asLong() > 0;
      table.row(
          note.path("number").asText(),
          note.path("at").asText(),
          note.path("by").asText(),
          note.path("rows").asText(),
          String.join(", ", amounts),
          note.path("reason").asText() + (ended ? "" : " (interrupted)"));
    }
    JsonRows rows = new JsonRows(screen, output.format);
    if (!rows.printTable(table)) {
      rows.print(notes);
    }
    return ExitCode.OK;
  }
}
