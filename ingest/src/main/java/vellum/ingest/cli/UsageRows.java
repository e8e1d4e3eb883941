package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** Events of the usage log as the server answers them, a row each. Stateless. */
final class UsageRows {

  private UsageRows() {}

  static PagedRows of(Screen screen, OutputFormat format) {
    Table table =
        new Table("AT", "ACCOUNT", "ACTOR", "ACTION", "RESOURCE", "IP", "AGENT", "RESULT", "ID");
    return new PagedRows(screen, format, table, UsageRows::add);
  }

  private static void add(Table table, JsonNode json) {
    JsonNode event = json.path("event");
    table.row(
        event.path("at").asText(""),
        event.path("account").asText(""),
        event.path("actor").asText(""),
        event.path("action").asText(""),
        event.path("resource").asText(""),
        event.path("ip").asText(""),
        event.path("user_agent").asText(""),
        event.path("result").asText(""),
        event.path("event_id").asText(""));
  }
}
