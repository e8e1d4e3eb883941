package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/**
 * Objects of a server's answer, page after page, under columns that are known before: a CSV file
 * has its headings even when there is no row. For one thread.
 */
final class PagedRows {

  private final Screen screen;
  private final OutputFormat format;
  private final Table table;
  private final Cells cells;
  private final ArrayNode all = JsonNodeFactory.instance.arrayNode();
  private long rows;

  /** Puts an object into a table: as a row, or more of them. */
  @FunctionalInterface
  interface Cells {
    void add(Table table, JsonNode each);
  }

  PagedRows(Screen screen, OutputFormat format, Table table, Cells cells) {
    this.screen = screen;
    this.format = format;
    this.table = table;
    this.cells = cells;
  }

  /**
   * Rows of flat objects.
   *
   * @param columns names of the objects' fields, values or lists of them; those that begin with ">"
   *     stand at the right
   */
  static PagedRows flat(Screen screen, OutputFormat format, List<String> columns) {
    String[] titles =
        columns.stream()
            .map(column -> format == OutputFormat.CSV ? name(column) : title(column))
            .toArray(String[]::new);
    List<String> names = columns.stream().map(PagedRows::name).toList();
    return new PagedRows(
        screen,
        format,
        new Table(titles),
        (table, each) ->
            table.row(names.stream().map(name -> text(each.path(name))).toArray(String[]::new)));
  }

  /** A value, or those of a list with spaces between. */
  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText("");
    }
    StringJoiner joined = new StringJoiner(" ");
    value.forEach(one -> joined.add(one.asText()));
    return joined.toString();
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
        case CSV, TABLE -> cells.add(table, each);
      }
    }
  }

  /** Objects that were taken. */
  long rows() {
    return rows;
  }

  /** Prints what is not printed yet. */
  void end() {
    end(null);
  }

  /**
   * The same with what is to be said of all: in JSON beside the objects, which are then {@code
   * records}, in NDJSON as a last line; in neither when null.
   */
  void end(@Nullable ObjectNode summary) {
    switch (format) {
      case JSON -> screen.out().println(JsonRows.pretty(summary == null ? all : with(summary)));
      case NDJSON -> {
        if (summary != null) {
          screen.out().println(JsonNodeFactory.instance.objectNode().set("summary", summary));
        }
      }
      case CSV -> table.printCsv(screen.out());
      case TABLE -> {
        if (rows > 0) {
          table.print(screen.out(), screen.outPaint());
        }
      }
    }
  }

  private JsonNode with(ObjectNode summary) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("summary", summary);
    return document.set("records", all);
  }
}
