package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/**
 * Flat objects of a server's answer, page after page, under columns that are known before: a CSV
 * file has its headings even when there is no row. For one thread.
 */
final class PagedRows {

  private final Screen screen;
  private final OutputFormat format;
  private final List<String> names;
  private final Table table;
  private final ArrayNode all = JsonNodeFactory.instance.arrayNode();
  private long rows;

  /**
   * @param columns names of the objects' fields; those that begin with ">" stand at the right
   */
  PagedRows(Screen screen, OutputFormat format, List<String> columns) {
    this.screen = screen;
    this.format = format;
    this.names = columns.stream().map(PagedRows::name).toList();
    this.table =
        new Table(
            columns.stream()
                .map(column -> format == OutputFormat.CSV ? name(column) : title(column))
                .toArray(String[]::new));
  }

  private static String name(String column) {
    return column.startsWith(">") ? column.substring(1) : column;
  }

  private static String title(String column) {
    return column.toUpperCase(Locale.ROOT).replace('_', ' ');
  }

  /** Takes a page, at most so many of its objects. */
  void add(JsonNode page, long most) {
    long left = most;
    for (JsonNode each : page) {
      if (left-- <= 0) {
        return;
      }
      rows++;
      switch (format) {
        case JSON -> all.add(each);
        case NDJSON -> screen.out().println(each);
        case CSV, TABLE ->
            table.row(
                names.stream().map(name -> each.path(name).asText("")).toArray(String[]::new));
      }
    }
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
