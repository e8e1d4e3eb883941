package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Table;

/** The calendar of retention as a table: a row a period, and one for an archive year. Stateless. */
final class CalendarRows {

  /** What periods hold, in the order of the table. */
  private static final List<String> HOLDINGS = List.of("LIVE", "USAGE", "CONTENT", "ARCHIVE");

  /** Stage of a period of which only the certificate is left: no row. */
  private static final String EXPIRED = "EXPIRED";

  private CalendarRows() {}

  /** Periods that are gone. */
  static long expired(JsonNode status) {
    long expired = 0;
    for (JsonNode period : status.path("periods")) {
      expired += period.path("stage").asText().equals(EXPIRED) ? 1 : 0;
    }
    return expired;
  }

  static Table table(JsonNode status) {
    Table table =
        new Table(
            "PERIOD",
            "STAGE",
            ">RECORDS",
            ">BYTES",
            "IDENTITIES GONE BY",
            "REMOVED BY",
            ">HOLDS",
            "STATE");
    Map<String, Line> lines = new LinkedHashMap<>();
    for (JsonNode period : status.path("periods")) {
      if (period.path("stage").asText().equals(EXPIRED)) {
        continue;
      }
      lines.computeIfAbsent(name(period), name -> new Line(name, period)).add(period);
    }
    for (String holding : HOLDINGS) {
      lines.values().stream()
          .filter(line -> line.holding.equals(holding))
          .forEach(line -> line.tell(table));
    }
    return table;
  }

  private static String name(JsonNode period) {
    String name = period.path("period").asText();
    return period.path("holding").asText().equals("ARCHIVE") && name.length() > 7
        ? name.substring(0, 4) + name.substring(7)
        : name;
  }

  /** A row: a period, or all archived months of a year and class. */
  private static final class Line {
    private final String name;
    private final String holding;
    private final boolean archived;
    private final String stage;
    private final String identities;
    private final String removal;
    private String state = "";
    private boolean alarm;
    private int months;
    private long records;
    private long bytes;
    private long holds;

    Line(String name, JsonNode first) {
      this.name = name;
      this.holding = first.path("holding").asText();
      this.archived = holding.equals("ARCHIVE");
      this.stage = first.path("stage").asText();
      this.identities = first.path("identities_gone_by").asText();
      this.removal = first.path("removed_by").asText();
    }

    void add(JsonNode period) {
      months++;
      records += period.path("records").asLong();
      bytes += period.path("bytes").asLong();
      holds += period.path("holds").asLong();
      alarm |= period.path("overdue").asBoolean();
      String own = state(period);
      state = own.isEmpty() ? state : own;
    }

    private static String state(JsonNode period) {
      String blocked = period.path("blocked_by").isNull() ? "" : period.path("blocked_by").asText();
      String progress =
          period.path("progress").isNumber()
              ? String.format(
                  Locale.ROOT, "rewriting %.0f %%", 100 * period.path("progress").asDouble())
              : "";
      String what = blocked.isEmpty() ? progress : "blocked by " + blocked;
      if (!period.path("overdue").asBoolean()) {
        return what;
      }
      return what.isEmpty() ? "OVERDUE" : "OVERDUE, " + what;
    }

    void tell(Table table) {
      String[] cells = {
        name,
        archived ? Figures.count(months, "month") : stage,
        Figures.count(records),
        Figures.bytes(bytes),
        archived || identities.equals("null") ? "gone" : identities,
        removal,
        Figures.count(holds),
        state
      };
      if (alarm) {
        table.alarm(cells);
      } else {
        table.row(cells);
      }
    }
  }
}
