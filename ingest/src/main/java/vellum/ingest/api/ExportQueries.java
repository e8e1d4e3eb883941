package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.billing.Party;
import vellum.core.export.RecordQuery;
import vellum.core.export.RowSource;
import vellum.core.export.StatementQuery;
import vellum.core.record.AccountId;
import vellum.core.settlement.Askable;
import vellum.core.settlement.TotalsRequest;

/**
 * What the body of a request wants exported. Stateless.
 *
 * <pre>
 *   what        from, to, account, cube, where, by, period, supplier, revision
 *   records     x     x   x        x     x
 *   totals      x     x   x        x     x      x   x       x
 *   statements            x                         x       x         x
 * </pre>
 *
 * {@code where} has values by dimension: {@code {"channel": ["SMS", "VOICE"]}}. Totals of a {@code
 * period}, in place of {@code from} and {@code to}, are those of the month as it was closed.
 */
final class ExportQueries {

  private static final List<String> ALWAYS = List.of("what", "format", "part_rows", "resume");
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "records",
          List.of("from", "to", "account", "cube", "where"),
          "totals",
          List.of("from", "to", "period", "account", "supplier", "cube", "where", "by"),
          "statements",
          List.of("period", "account", "supplier", "revision"));

  private ExportQueries() {}

  /** Begins to read the rows that a body asks for. */
  static Supplier<RowSource> rows(ExportPort port, Askable askable, ObjectNode body) {
    String what = String.valueOf(Query.text(body, "what"));
    List<String> fields = FIELDS.get(what);
    if (fields == null) {
      throw Problem.bad("BAD_EXPORT", "what must be records, totals or statements");
    }
    List<String> known = new ArrayList<>(ALWAYS);
    known.addAll(fields);
    Json.onlyFields(body, known);
    return switch (what) {
      case "records" -> {
        RecordQuery query = records(body);
        yield () -> {
          require(askable, query);
          return port.records().open(query);
        };
      }
      case "totals" -> {
        TotalsRequest request = totals(body);
        yield body.has("period")
            ? () -> port.totals().openClosed(request)
            : () -> port.totals().open(request);
      }
      default -> {
        StatementQuery query = statements(body);
        yield () -> port.statements().open(query);
      }
    };
  }

  private static RecordQuery records(ObjectNode body) {
    String account = Query.text(body, "account");
    AccountId of = account == null ? null : Query.account(account);
    boolean hasCells = body.has("where") || body.has("cube");
    return new RecordQuery(day(body, "from"), day(body, "to"), of, hasCells ? cells(body) : null);
  }

  private static void require(Askable askable, RecordQuery query) {
    CellFilter cells = query.cells();
    AccountId account = query.account();
    if (account != null) {
      askable.parties().require(new Party(Cube.SALE, account.value()));
    }
    askable.require(cells == null ? CellFilter.of(Cube.SALE, query.from(), query.to()) : cells);
  }

  private static TotalsRequest totals(ObjectNode body) {
    CellFilter filter = cells(body);
    for (Dimension party : List.of(Dimension.ACCOUNT, Dimension.SUPPLIER)) {
      String named = Query.text(body, party.toString());
      if (named != null) {
        filter = filter.with(party.in(filter.cube()), named);
      }
    }
    return new TotalsRequest(filter, CellQuery.by(Query.text(body, "by"), filter.cube()));
  }

  private static StatementQuery statements(ObjectNode body) {
    JsonNode revision = body.path("revision");
    if (!revision.isMissingNode() && !revision.canConvertToInt()) {
      throw Problem.bad("BAD_REVISION", "revision must be a number from 1");
    }
    return new StatementQuery(
        PartyParameters.period(Query.text(body, "period")),
        PartyParameters.optional(body),
        revision.asInt(0));
  }

  private static CellFilter cells(ObjectNode body) {
    Cube cube = CellQuery.cube(Query.text(body, "cube"));
    CellFilter filter = days(body, cube);
    JsonNode where = body.path("where");
    if (!where.isMissingNode() && !where.isObject()) {
      throw Problem.bad("BAD_EXPORT", "where must be an object of values by dimension");
    }
    for (Map.Entry<String, JsonNode> one : where.properties()) {
      filter = filter.with(Dimension.parse(one.getKey(), cube), values(one.getValue()));
    }
    return filter;
  }

  private static CellFilter days(ObjectNode body, Cube cube) {
    if (!body.has("period")) {
      return CellFilter.of(cube, day(body, "from"), day(body, "to"));
    }
    if (body.has("from") || body.has("to")) {
      throw Problem.bad("BAD_EXPORT", "name a period that is closed, or from and to, not both");
    }
    YearMonth period = PartyParameters.period(Query.text(body, "period"));
    return CellFilter.of(cube, period.atDay(1), period.plusMonths(1).atDay(1));
  }

  private static List<String> values(JsonNode array) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : array) {
      if (!value.isTextual()) {
        throw Problem.bad("BAD_EXPORT", "values in where must be texts");
      }
      values.add(value.asText());
    }
    if (values.isEmpty()) {
      throw Problem.bad("BAD_EXPORT", "a dimension in where must have an array of values");
    }
    return values;
  }

  private static LocalDate day(ObjectNode body, String field) {
    @Nullable String text = Query.text(body, field);
    try {
      return LocalDate.parse(String.valueOf(text));
    } catch (DateTimeException e) {
      throw Problem.bad("BAD_DAY", field + " must be a day such as 2026-01-31");
    }
  }
}
