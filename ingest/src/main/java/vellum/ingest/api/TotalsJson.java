package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import vellum.core.billing.CellFilter;
import vellum.core.billing.CellGroups;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.billing.Measures;
import vellum.core.settlement.Totals;

/** Totals as an answer shows them; amounts are texts, exact. Stateless. */
final class TotalsJson {

  private TotalsJson() {}

  static HttpData of(Totals totals) {
    CellFilter filter = totals.request().filter();
    List<String> by = totals.request().by().stream().map(Dimension::toString).toList();
    JsonRows rows = new JsonRows(head(totals), totals.rows().size());
    rows.array("rows");
    for (CellGroups.Row row : totals.rows()) {
      rows.row();
      for (int i = 0; i < by.size(); i++) {
        rows.text(by.get(i), row.values().get(i));
      }
      put(rows, row.sums(), filter.cube());
    }
    rows.endArray();
    rows.array("totals");
    totals
        .byCurrency()
        .forEach(
            (code, all) -> {
              rows.row();
              rows.text("currency", code);
              put(rows, all, filter.cube());
            });
    rows.endArray();
    return rows.end();
  }

  private static ObjectNode head(Totals totals) {
    CellFilter filter = totals.request().filter();
    ObjectNode answer =
        Json.object()
            .put("cube", lower(filter.cube()))
            .put("from", LocalDate.ofEpochDay(filter.fromDay()).toString())
            .put("to", LocalDate.ofEpochDay(filter.toDay()).toString());
    ArrayNode columns = answer.putArray("by");
    totals.request().by().forEach(dimension -> columns.add(dimension.toString()));
    answer.put("position", totals.position()).put("applied", totals.applied());
    if (totals.partialBefore() != null) {
      answer.put("partial_before", totals.partialBefore().toString());
    }
    ArrayNode months = answer.putArray("months");
    for (Totals.MonthRead month : totals.months()) {
      months
          .addObject()
          .put("month", month.month().toString())
          .put("owner", lower(month.owner()))
          .put("position", month.position());
    }
    return answer;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void put(JsonRows rows, Measures sums, Cube cube) {
    rows.number("count", sums.count());
    rows.number("units", sums.units());
    if (cube == Cube.SALE) {
      rows.number("duration_ms", sums.durationMs());
    }
    rows.money("amount", "amount_nanos", sums.amount());
    if (cube == Cube.SALE) {
      rows.money("expected_cost", "expected_cost_nanos", sums.expectedCost());
    }
    rows.endRow();
  }
}
