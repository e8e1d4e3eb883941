package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vellum.core.billing.Money;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/**
 * Totals as the server answers them. As JSON the whole answer, as NDJSON and CSV its rows; people
 * get a last line for each currency. For one thread.
 */
final class TotalRows {

  private static final List<String> MEASURES =
      List.of("count", "units", "duration_ms", "amount", "expected_cost");
  private static final String CURRENCY = "currency";
  private static final String NANOS = "_nanos";

  /** What a record does not say, where people read it. */
  private static final String NOTHING = "-";

  private final Screen screen;
  private final OutputFormat format;

  TotalRows(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  void print(JsonNode answer) {
    switch (format) {
      case JSON -> screen.out().println(JsonRows.pretty(answer));
      case NDJSON -> answer.path("rows").forEach(row -> screen.out().println(row));
      case CSV -> csv(answer).printCsv(screen.out());
      case TABLE -> {
        if (!answer.path("rows").isEmpty()) {
          table(answer).print(screen.out(), screen.outPaint());
        }
      }
    }
  }

  private static List<String> groups(JsonNode answer) {
    List<String> groups = new ArrayList<>();
    answer.path("by").forEach(name -> groups.add(name.asText()));
    return groups;
  }

  private static List<String> measures(JsonNode answer) {
    boolean isSale = answer.path("cube").asText().equals("sale");
    return isSale ? MEASURES : List.of("count", "units", "amount");
  }

  private static Table csv(JsonNode answer) {
    List<String> columns = groups(answer);
    for (String measure : measures(answer)) {
      columns.add(measure);
      if (isMoney(measure)) {
        columns.add(measure + NANOS);
      }
    }
    Table table = new Table(columns.toArray(new String[0]));
    for (JsonNode row : answer.path("rows")) {
      table.row(columns.stream().map(name -> row.path(name).asText()).toArray(String[]::new));
    }
    return table;
  }

  private static boolean isMoney(String measure) {
    return measure.equals("amount") || measure.equals("expected_cost");
  }

  private static Table table(JsonNode answer) {
    List<String> groups = groups(answer);
    List<String> measures = measures(answer);
    List<String> titles = new ArrayList<>();
    groups.forEach(name -> titles.add(name.toUpperCase(Locale.ROOT)));
    measures.forEach(name -> titles.add(">" + name.toUpperCase(Locale.ROOT)));
    Table table = new Table(titles.toArray(new String[0]));
    for (JsonNode row : answer.path("rows")) {
      List<String> cells = new ArrayList<>();
      groups.forEach(name -> cells.add(shown(row.path(name).asText())));
      measures.forEach(name -> cells.add(measure(name, row)));
      table.row(cells.toArray(new String[0]));
    }
    if (groups.size() > 1) {
      answer.path("totals").forEach(sum -> table.row(total(groups, measures, sum)));
    }
    return table;
  }

  private static String[] total(List<String> groups, List<String> measures, JsonNode sum) {
    List<String> cells = new ArrayList<>();
    for (String name : groups) {
      String start = cells.isEmpty() ? "TOTAL" : "";
      boolean isCurrency = name.equals(CURRENCY);
      cells.add((start + (isCurrency ? " " + shown(sum.path(CURRENCY).asText()) : "")).strip());
    }
    measures.forEach(name -> cells.add(measure(name, sum)));
    return cells.toArray(new String[0]);
  }

  private static String measure(String name, JsonNode row) {
    String value = row.path(name).asText();
    return isMoney(name) ? Money.shown(value) : value;
  }

  private static String shown(String value) {
    return value.isEmpty() ? NOTHING : value;
  }
}
