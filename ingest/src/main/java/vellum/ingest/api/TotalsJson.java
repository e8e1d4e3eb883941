package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import vellum.core.billing.CellFilter;
import vellum.core.billing.CellGroups;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.billing.Measures;
import vellum.core.billing.Money;
import vellum.core.settlement.Totals;

/** Totals as an answer shows them; amounts are texts, exact. Stateless. */
final class TotalsJson {

  private TotalsJson() {}

  static ObjectNode of(Totals totals) {
    CellFilter filter = totals.request().filter();
    List<Dimension> by = totals.request().by();
    ObjectNode answer =
        Json.object()
            .put("cube", lower(filter.cube()))
            .put("from", LocalDate.ofEpochDay(filter.fromDay()).toString())
            .put("to", LocalDate.ofEpochDay(filter.toDay()).toString());
    ArrayNode columns = answer.putArray("by");
    by.forEach(dimension -> columns.add(dimension.toString()));
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
    ArrayNode rows = answer.putArray("rows");
    for (CellGroups.Row row : totals.rows()) {
      ObjectNode node = rows.addObject();
      for (int i = 0; i < by.size(); i++) {
        node.put(by.get(i).toString(), row.values().get(i));
      }
      put(node, row.sums(), filter.cube());
    }
    ArrayNode sums = answer.putArray("totals");
    totals
        .byCurrency()
        .forEach((code, all) -> put(sums.addObject().put("currency", code), all, filter.cube()));
    return answer;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void put(ObjectNode node, Measures sums, Cube cube) {
    node.put("count", sums.count().value()).put("units", sums.units().value());
    if (cube == Cube.SALE) {
      node.put("duration_ms", sums.durationMs().value());
    }
    money(node, "amount", sums.amount().value());
    if (cube == Cube.SALE) {
      money(node, "expected_cost", sums.expectedCost().value());
    }
  }

  private static void money(ObjectNode node, String name, BigInteger nanos) {
    node.put(name, Money.text(nanos)).put(name + "_nanos", nanos.toString());
  }
}
