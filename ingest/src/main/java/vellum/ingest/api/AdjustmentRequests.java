package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import vellum.core.period.Place;
import vellum.core.settlement.AdjustedRecords;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.PostingDesk;

/** Answers with the records behind a line of a statement's adjustments. Thread-safe. */
final class AdjustmentRequests {

  private final ApiPorts ports;
  private final PeriodRequests periods;
  private final AdjustedRecords adjusted;

  AdjustmentRequests(ApiPorts ports, PeriodRequests periods, AdjustedRecords adjusted) {
    this.ports = ports;
    this.periods = periods;
    this.adjusted = adjusted;
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    int number = number(context.pathParam("number"));
    int limit = Query.limit(context);
    String cursor = Query.optional(context, "cursor");
    Place after = cursor == null ? null : Cursor.parse(cursor);
    PeriodDesk.Shown shown = periods.shown(context);
    AdjustedRecords.Page page = adjusted.list(shown, number, after, limit);
    ObjectNode answer = Json.object();
    answer.set("line", page.line());
    ArrayNode records = answer.putArray("records");
    RecordView view =
        new RecordView(ports.keys(), ports.contents(), Sight.of(context, false), null);
    for (AdjustedRecords.Adjusted one : page.postings()) {
      ObjectNode node = one.record().map(view::of).orElseGet(Json::object);
      node.set("posting", PeriodJson.of(one.posting(), PostingDesk.currency(one.posting())));
      records.add(node);
    }
    Place next = page.next();
    return next == null ? answer : answer.put("next", Cursor.text(next));
  }

  private static int number(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw Problem.bad("BAD_REFERENCE", "an adjustment is the number of its line, from 1");
    }
    return Integer.parseInt(text);
  }
}
