package vellum.ingest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** JSON from the server, shown in any output format. For one thread. */
final class JsonRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Screen screen;
  private final OutputFormat format;

  JsonRows(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  /** Prints an array of objects, a row each; columns are the plain values that they have. */
  void print(JsonNode rows) {
    PrintStream out = screen.out();
    switch (format) {
      case JSON -> out.println(pretty(rows));
      case NDJSON -> rows.forEach(row -> out.println(row));
      case CSV -> table(rows).printCsv(out);
      case TABLE -> table(rows).print(out, screen.outPaint());
    }
  }

  /** Prints a table where people asked for one; false when programs asked for something else. */
  boolean printTable(Table table) {
    if (format != OutputFormat.TABLE) {
      return false;
    }
    table.print(screen.out(), screen.outPaint());
    return true;
  }

  /** Prints one object: as a table, a row for each plain value. */
  void document(JsonNode node) {
    PrintStream out = screen.out();
    switch (format) {
      case JSON -> out.println(pretty(node));
      case NDJSON -> out.println(node);
      case CSV, TABLE -> {
        Table table = new Table("FIELD", "VALUE");
        flatten("", node, table);
        if (format == OutputFormat.CSV) {
          table.printCsv(out);
        } else {
          table.print(out, screen.outPaint());
        }
      }
    }
  }

  static String pretty(JsonNode node) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }

  private Table table(JsonNode rows) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode row : rows) {
      for (Map.Entry<String, JsonNode> field : row.properties()) {
        if (field.getValue().isValueNode()) {
          names.add(field.getKey());
        }
      }
    }
    List<String> titles = new ArrayList<>();
    for (String name : names) {
      boolean figures = !rows.isEmpty() && rows.get(0).path(name).isNumber();
      String title = format == OutputFormat.CSV ? name : name.toUpperCase(Locale.ROOT);
      titles.add(figures ? ">" + title : title);
    }
    Table table = new Table(titles.toArray(new String[0]));
    for (JsonNode row : rows) {
      table.row(names.stream().map(name -> row.path(name).asText("")).toArray(String[]::new));
    }
    return table;
  }

  private static void flatten(String path, JsonNode node, Table table) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        flatten(name, field.getValue(), table);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), table);
      }
    } else {
      table.row(path, node.asText());
    }
  }
}
