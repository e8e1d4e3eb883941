package vellum.core.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.settlement.Closing;
import vellum.core.settlement.StatementRead;

/**
 * The lines of a statement, in its order, as rows: charges, adjustments, postings by hand. Their
 * amounts by currency add up to the statement's total. Stateless.
 */
final class StatementLines {

  /** Columns that are the same in all lines of a statement come first. */
  static final List<Column> COLUMNS = columns();

  static final Control CONTROL =
      new Control(
          List.of(
              figure("count", Control.NONE),
              figure("units", Control.NONE),
              figure("duration_ms", Control.NONE),
              figure("amount", indexOf("currency"))),
          Control.NONE,
          indexOf("party_kind"));

  private StatementLines() {}

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    add(columns, Column.Type.TEXT, "account or supplier", "party_kind");
    add(columns, Column.Type.TEXT, "", "party");
    add(columns, Column.Type.TEXT, "the month that is billed", "period");
    add(columns, Column.Type.NUMBER, "of the statement, from 1", "revision");
    add(columns, Column.Type.TEXT, "SHA-256 of the statement", "digest");
    add(columns, Column.Type.TEXT, "CHARGE, ADJUSTMENT or POSTING", "kind");
    add(columns, Column.Type.NUMBER, "line of a charge", "line");
    add(columns, Column.Type.TEXT, "month that an adjustment is of", "record_period");
    add(columns, Column.Type.TEXT, "of an adjustment or a posting", "reason");
    for (String dimension :
        List.of("channel", "direction", "traffic_type", "country", "connection", "route")) {
      add(columns, Column.Type.TEXT, "dimension", dimension);
    }
    add(columns, Column.Type.TEXT, "dimension", "mcc_mnc");
    add(columns, Column.Type.TEXT, "dimension", "status_group");
    add(columns, Column.Type.TEXT, "of the amount", "currency");
    add(columns, Column.Type.TOTAL, "sum", "count");
    add(columns, Column.Type.TOTAL, "sum", "units");
    add(columns, Column.Type.TOTAL, "sum", "duration_ms");
    add(columns, Column.Type.AMOUNT, "", "amount");
    add(columns, Column.Type.TOTAL, "amount in 10^-9", "amount_nanos");
    add(columns, Column.Type.NUMBER, "how many changes an adjustment is the sum of", "postings");
    add(columns, Column.Type.NUMBER, "number of a posting by hand", "posting");
    add(columns, Column.Type.TEXT, "REFUND, CREDIT, DISPUTE ...", "posting_kind");
    add(columns, Column.Type.TIME, "when a posting was made", "at");
    add(columns, Column.Type.TEXT, "reference of the record a posting is about", "record");
    add(columns, Column.Type.TEXT, "line that a posting is about", "statement_line");
    add(columns, Column.Type.NUMBER, "number of the posting that one takes back", "reverses");
    return List.copyOf(columns);
  }

  private static void add(List<Column> columns, Column.Type type, String meaning, String name) {
    columns.add(Column.of(name, type, meaning));
  }

  private static int indexOf(String name) {
    for (int i = 0; i < COLUMNS.size(); i++) {
      if (COLUMNS.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no column " + name);
  }

  private static Control.Figure figure(String name, int currency) {
    return new Control.Figure(name, false, indexOf(name), currency);
  }

  /** The rows of a statement. */
  static List<List<@Nullable Object>> of(Closing closing, byte[] statement) {
    JsonNode tree = StatementRead.tree(statement);
    Closing.Made made = closing.statement();
    List<@Nullable Object> head = new ArrayList<>();
    head.add(closing.party().cube() == Cube.SALE ? "account" : "supplier");
    head.add(closing.party().id());
    head.add(closing.period().toString());
    head.add((long) closing.revision());
    head.add(made == null ? null : made.digest());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (JsonNode line : tree.path("lines")) {
      rows.add(row(head, "CHARGE", line));
    }
    for (JsonNode line : tree.path("adjustments")) {
      rows.add(row(head, "ADJUSTMENT", line));
    }
    for (JsonNode line : tree.path("manual")) {
      rows.add(row(head, "POSTING", line));
    }
    return rows;
  }

  private static List<@Nullable Object> row(
      List<@Nullable Object> head, String kind, JsonNode line) {
    List<@Nullable Object> row = new ArrayList<>(COLUMNS.size());
    row.addAll(head);
    row.add(kind);
    for (Column column : COLUMNS.subList(row.size(), COLUMNS.size())) {
      row.add(value(column, line.path(field(column.name(), kind))));
    }
    return row;
  }

  /** The field of a line that a column shows; a posting has names of its own. */
  private static String field(String column, String kind) {
    return switch (column) {
      case "posting" -> kind.equals("POSTING") ? "number" : "";
      case "posting_kind" -> kind.equals("POSTING") ? "kind" : "";
      case "amount" -> "amount_nanos";
      default -> column;
    };
  }

  private static @Nullable Object value(Column column, JsonNode value) {
    String text = value.asText();
    if (text.isEmpty()) {
      return null;
    }
    return switch (column.type()) {
      case NUMBER -> value.asLong();
      case TOTAL, AMOUNT -> new BigInteger(text);
      case TIME -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
      default -> text;
    };
  }
}
