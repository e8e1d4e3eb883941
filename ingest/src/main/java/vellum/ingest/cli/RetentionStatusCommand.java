package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** The calendar of retention. */
@Command(
    name = "status",
    description = {
      "Shows what is kept, until when, and how far its removal is; what is overdue is red.",
      "The months of an archive year are one row of the table, and rows of their own elsewhere."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum retention status", "  vellum retention status --output json"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RetentionStatusCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  RetentionStatusCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    JsonNode status = server.calls(screen).get("/v1/retention/status");
    JsonRows rows = new JsonRows(screen, output.format);
    switch (output.format) {
      case TABLE -> table(status, rows);
      case JSON -> rows.document(status);
      default -> rows.print(status.path("periods"));
    }
    return ExitCode.OK;
  }

  private void table(JsonNode status, JsonRows rows) {
    rows.printTable(CalendarRows.table(status));
    JsonNode clock = status.path("clock");
    String state = "clock: " + clock.path("state").asText();
    boolean trusted = clock.path("trusted").asBoolean();
    screen.err().println(trusted ? state : screen.errPaint().red(state));
    long expired = CalendarRows.expired(status);
    if (expired > 0) {
      screen
          .err()
          .println(Figures.count(expired, "period") + " expired; see: retention certificates");
    }
    long overdue = status.path("overdue").asLong();
    if (overdue > 0) {
      String what = Figures.count(overdue, "period") + (overdue == 1 ? " is" : " are");
      screen.err().println(screen.errPaint().red(what + " overdue"));
    }
  }
}
