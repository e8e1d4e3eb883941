package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** What another policy would do, shown by class. For one thread. */
final class DifferenceRows {

  private final Screen screen;
  private final OutputFormat format;

  DifferenceRows(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  void print(JsonNode difference) {
    JsonRows rows = new JsonRows(screen, format);
    switch (format) {
      case TABLE -> table(difference, rows);
      case JSON -> rows.document(difference);
      default -> rows.print(flat(difference));
    }
    screen.err().println("against version " + difference.path("from_version").asText());
  }

  /** Two rows a class: its identities, and the rest. What would go at once is red. */
  private static void table(JsonNode difference, JsonRows rows) {
    Table table = new Table("CLASS", "CHANGE", "DATA", "EARLIER", "LATER", "AT ONCE");
    for (JsonNode one : difference.path("classes")) {
      for (String data : new String[] {"identities", "rest"}) {
        JsonNode shift = one.path(data);
        long atOnce = shift.path("at_once").asLong();
        String[] cells = {
          one.path("class").asText(),
          one.path("change").asText(),
          data,
          moved(shift, "earlier"),
          moved(shift, "later"),
          atOnce == 0 ? "-" : Figures.count(atOnce, "month")
        };
        if (atOnce > 0) {
          table.alarm(cells);
        } else {
          table.row(cells);
        }
      }
    }
    rows.printTable(table);
  }

  private static String moved(JsonNode shift, String how) {
    long months = shift.path(how + "_months").asLong();
    return months == 0
        ? "-"
        : Figures.count(months, "month")
            + ", "
            + Figures.count(shift.path(how + "_records").asLong(), "record");
  }

  private static ArrayNode flat(JsonNode difference) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (JsonNode one : difference.path("classes")) {
      for (String data : new String[] {"identities", "rest"}) {
        ObjectNode row = rows.addObject();
        row.set("class", one.path("class"));
        row.set("change", one.path("change"));
        row.put("data", data);
        one.path(data).properties().forEach(field -> row.set(field.getKey(), field.getValue()));
      }
    }
    return rows;
  }
}
