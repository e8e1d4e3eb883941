package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vellum.core.billing.Money;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** A statement as people read it, and as rows. For one thread. */
final class StatementRows {

  private static final List<String> SALE =
      List.of(
          "channel", "direction", "traffic_type", "country", "mcc_mnc", "status_group", "currency");
  private static final List<String> COST =
      List.of("connection", "route", "mcc_mnc", "channel", "status_group", "currency");

  private final Screen screen;
  private final JsonNode shown;
  private final JsonNode statement;
  private final boolean preview;
  private final boolean ofAccount;

  StatementRows(Screen screen, JsonNode shown, boolean preview) {
    this.screen = screen;
    this.shown = shown;
    this.statement = shown.path("statement");
    this.preview = preview;
    this.ofAccount = shown.path("kind").asText().equals("account");
  }

  /** Dimensions of the lines of an account's or a supplier's statement. */
  static List<String> dimensions(boolean ofAccount) {
    return ofAccount ? SALE : COST;
  }

  void print() {
    PrintStream out = screen.out();
    out.println(screen.outPaint().bold(title()));
    out.println(subtitle());
    JsonNode lines = statement.path("lines");
    if (!lines.isEmpty()) {
      out.println();
      lines(lines).print(out, screen.outPaint());
    }
    JsonNode adjustments = statement.path("adjustments");
    if (!adjustments.isEmpty()) {
      out.println();
      out.println(screen.outPaint().bold("Adjustments: what came for periods after their closing"));
      adjustments(adjustments).print(out, screen.outPaint());
    }
    JsonNode manual = statement.path("manual");
    if (!manual.isEmpty()) {
      out.println();
      out.println(screen.outPaint().bold("Postings by hand"));
      manual(manual).print(out, screen.outPaint());
    }
    out.println();
    JsonNode totals = statement.path("totals");
    if (totals.isEmpty()) {
      out.println("nothing to be paid");
    } else {
      totals(totals).print(out, screen.outPaint());
    }
    out.println();
    JsonNode control = statement.path("control");
    out.println("control   " + control(control));
    if (!control.path("earliest_time").asText().isEmpty()) {
      out.println("times     " + times(control));
    }
    out.println("position  " + statement.path("position").asText() + " of the journal");
    out.println("sha-256   " + shown.path("digest").asText());
  }

  private String title() {
    return "Statement of "
        + PeriodRows.party(shown)
        + " for "
        + shown.path("period").asText()
        + (preview ? ", PREVIEW: not closed" : ", revision " + shown.path("revision").asText());
  }

  private String subtitle() {
    String zones = "days of " + shown.path("zones").asText().replace(" ", ", then ");
    if (preview) {
      return "as of " + shown.path("closed_at").asText() + ", " + zones;
    }
    String closed =
        "closed "
            + shown.path("closed_at").asText()
            + " by "
            + shown.path("closed_by").asText()
            + ", "
            + zones;
    return shown.path("state").asText().equals("REOPENED")
        ? closed
            + "; reopened "
            + shown.path("reopened_at").asText()
            + " by "
            + shown.path("reopened_by").asText()
            + ": "
            + shown.path("reopened_reason").asText()
        : closed;
  }

  private Table lines(JsonNode lines) {
    List<String> titles = new ArrayList<>(List.of(">LINE"));
    dimensions(ofAccount).forEach(one -> titles.add(heading(one)));
    titles.addAll(figures());
    Table table = new Table(titles.toArray(new String[0]));
    for (JsonNode line : lines) {
      List<String> cells = new ArrayList<>(List.of(line.path("line").asText()));
      addDimensions(cells, line);
      addFigures(cells, line);
      table.row(cells.toArray(new String[0]));
    }
    return table;
  }

  private Table adjustments(JsonNode lines) {
    List<String> titles = new ArrayList<>(List.of(">NO", "OF", "REASON", ">POSTINGS"));
    dimensions(ofAccount).forEach(one -> titles.add(heading(one)));
    titles.addAll(figures());
    Table table = new Table(titles.toArray(new String[0]));
    for (JsonNode line : lines) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(table.size() + 1));
      cells.add(line.path("record_period").asText());
      cells.add(line.path("reason").asText());
      cells.add(figure(line.path("postings")));
      addDimensions(cells, line);
      addFigures(cells, line);
      table.row(cells.toArray(new String[0]));
    }
    return table;
  }

  private static Table manual(JsonNode lines) {
    Table table = new Table(">NUMBER", "KIND", "AT", "REASON", "CURRENCY", ">AMOUNT");
    for (JsonNode line : lines) {
      table.row(
          line.path("number").asText(),
          line.path("kind").asText(),
          line.path("at").asText(),
          line.path("reason").asText(),
          line.path("currency").asText(),
          amount(line, "amount"));
    }
    return table;
  }

  private static Table totals(JsonNode lines) {
    Table table = new Table("CURRENCY", ">CHARGES", ">ADJUSTMENTS", ">BY HAND", ">TOTAL");
    for (JsonNode line : lines) {
      table.row(
          line.path("currency").asText(),
          amount(line, "charges"),
          amount(line, "adjustments"),
          amount(line, "manual"),
          amount(line, "total"));
    }
    return table;
  }

  private String control(JsonNode control) {
    String first = control.path("earliest_day").asText();
    String counts =
        figure(control.path("count"))
            + (ofAccount ? " records, " : " legs, ")
            + figure(control.path("units"))
            + " units"
            + (ofAccount ? ", " + figure(control.path("duration_ms")) + " ms" : "");
    return first.isEmpty()
        ? "no charges"
        : first + " to " + control.path("latest_day").asText() + ": " + counts;
  }

  private static String times(JsonNode control) {
    return "first record "
        + control.path("earliest_time").asText()
        + ", last "
        + control.path("latest_time").asText();
  }

  private List<String> figures() {
    return ofAccount
        ? List.of(">COUNT", ">UNITS", ">DURATION MS", ">AMOUNT")
        : List.of(">COUNT", ">UNITS", ">AMOUNT");
  }

  private void addFigures(List<String> cells, JsonNode line) {
    cells.add(figure(line.path("count")));
    cells.add(figure(line.path("units")));
    if (ofAccount) {
      cells.add(figure(line.path("duration_ms")));
    }
    cells.add(amount(line, "amount"));
  }

  private void addDimensions(List<String> cells, JsonNode line) {
    for (String dimension : dimensions(ofAccount)) {
      String value = line.path(dimension).asText();
      cells.add(value.isEmpty() ? "-" : value);
    }
  }

  private static String amount(JsonNode line, String name) {
    return Money.shown(line.path(name).asText());
  }

  private static String heading(String dimension) {
    return dimension.toUpperCase(Locale.ROOT).replace('_', ' ');
  }

  private static String figure(JsonNode number) {
    BigInteger value = number.bigIntegerValue();
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Every line of every part, a row each: {@code section} says of which. */
  JsonNode flat() {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (String section : List.of("lines", "adjustments", "manual", "totals")) {
      for (JsonNode line : statement.path(section)) {
        ObjectNode row = rows.addObject().put("section", section);
        row.put("kind_of_party", shown.path("kind").asText());
        row.put("party", shown.path("party").asText());
        row.put("period", shown.path("period").asText());
        row.put("revision", shown.path("revision").asInt());
        row.setAll((ObjectNode) line);
      }
    }
    return rows;
  }
}
