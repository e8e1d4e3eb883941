package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import vellum.core.billing.Money;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** What a re-rating changes, in rows of currency, channel and network. For one thread. */
final class RerateRows {

  private final Screen screen;
  private final OutputFormat format;

  RerateRows(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  /** Prints the report of a run; its rows on standard output, what is left on standard error. */
  void print(JsonNode run) {
    JsonNode report = run.path("report");
    JsonRows rows = new JsonRows(screen, format);
    switch (format) {
      case JSON -> rows.document(run);
      case TABLE -> rows.printTable(table(report));
      default -> rows.print(report.path("groups"));
    }
    PrintStream err = screen.err();
    err.println(
        Figures.count(report.path("records").asLong(), "record")
            + ", "
            + Figures.count(report.path("changed").asLong())
            + " get another price"
            + left(report, "unmatched", "match no rate")
            + left(report, "unrated", "have no rating")
            + left(report, "suspended", "have a rating in suspense")
            + left(report, "other_currency", "have an expected cost in another currency")
            + left(report, "last_version", "have the last version"));
    for (JsonNode one : report.path("differences")) {
      err.println("difference: " + amount(one));
    }
  }

  private static String left(JsonNode report, String name, String words) {
    long count = report.path(name).asLong();
    return count == 0 ? "" : ", " + Figures.count(count) + " " + words;
  }

  private static String amount(JsonNode one) {
    return Money.shown(one.path("difference").asText()) + " " + one.path("currency").asText();
  }

  private static Table table(JsonNode report) {
    Table table =
        new Table(
            "CURRENCY",
            "CHANNEL",
            "MCC_MNC",
            ">MATCHED",
            ">CHANGED",
            ">UNMATCHED",
            ">OLD",
            ">NEW",
            ">DIFFERENCE");
    for (JsonNode group : report.path("groups")) {
      if (group.path("matched").asLong() == 0) {
        // The last line counts them; of many networks they would hide the others.
        continue;
      }
      table.row(
          group.path("currency").asText(),
          group.path("channel").asText(),
          group.path("mcc_mnc").asText(),
          Figures.count(group.path("matched").asLong()),
          Figures.count(group.path("changed").asLong()),
          Figures.count(group.path("unmatched").asLong()),
          Money.shown(group.path("old_amount").asText()),
          Money.shown(group.path("new_amount").asText()),
          Money.shown(group.path("difference").asText()));
    }
    return table;
  }

  /** Says what a run has done. */
  void printApplied(JsonNode run) {
    JsonNode applied = run.path("applied");
    StringBuilder line =
        new StringBuilder(run.path("id").asText())
            .append(": ")
            .append(Figures.count(applied.path("records").asLong(), "record"))
            .append(" re-rated");
    for (JsonNode one : applied.path("differences")) {
      line.append(", ").append(amount(one));
    }
    screen.err().println(line);
  }
}
