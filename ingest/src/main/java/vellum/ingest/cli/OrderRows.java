package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** Words about orders. Stateless. */
final class OrderRows {

  private OrderRows() {}

  /** What became of an order: for people a line of a table, for programs all of it. */
  static void printStep(Screen screen, OutputFormat format, JsonNode order) {
    JsonRows rows = new JsonRows(screen, format);
    if (!rows.printTable(table(List.of(order)))) {
      rows.document(order);
    }
  }

  static Table table(Iterable<JsonNode> orders) {
    Table table =
        new Table(
            "ID", "STATE", "AUTHORITY", "COUNTRY", "REFERENCE", "DEADLINE", ">RECORDS", "NOTE");
    for (JsonNode one : orders) {
      table.row(
          one.path("id").asText(),
          one.path("state").asText(),
          one.path("authority").asText(),
          one.path("country").asText(),
          one.path("reference").asText(),
          one.path("deadline").asText(),
          one.has("records") ? Figures.count(one.path("records").asLong()) : "-",
          note(one));
    }
    return table;
  }

  private static String note(JsonNode one) {
    if (one.has("confirm_by")) {
      return "emergency: to be approved by " + one.path("confirm_by").asText();
    }
    return one.path("trouble").asText(one.path("emergency").asBoolean() ? "emergency" : "");
  }
}
