package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** Events of the usage log as the server answers them, a row each. For one thread. */
final class UsageRows {

  private final Screen screen;
  private final OutputFormat format;
  private final Table table =
      new Table("AT", "ACCOUNT", "ACTOR", "ACTION", "RESOURCE", "IP", "AGENT", "RESULT", "ID");
  private final ArrayNode all = JsonNodeFactory.instance.arrayNode();
  private long rows;

  UsageRows(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  /** Takes a page's events, at most so many of them. */
  void add(JsonNode events, long most) {
    long left = most;
    for (JsonNode event : events) {
      if (left-- <= 0) {
        return;
      }
      rows++;
      switch (format) {
        case JSON -> all.add(event);
        case NDJSON -> screen.out().println(event);
        case CSV, TABLE -> row(event.path("event"));
      }
    }
  }

  private void row(JsonNode event) {
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

  long rows() {
    return rows;
  }

  /** Prints what is not printed yet. */
  void end() {
    switch (format) {
      case JSON -> screen.out().println(JsonRows.pretty(all));
      case NDJSON -> {}
      case CSV -> table.printCsv(screen.out());
      case TABLE -> {
        if (rows > 0) {
          table.print(screen.out(), screen.outPaint());
        }
      }
    }
  }
}
