package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.billing.RowMatch;
import vellum.core.period.FoundRecord;
import vellum.core.period.MonthState;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.period.RecordQuery;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.Identities;

/** Answers about records: how many, one by its id, those of an account. Thread-safe. */
final class RecordRequests {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final long MICROS = 1_000_000;

  private final ApiPorts ports;
  private final Freshness freshness;

  RecordRequests(ApiPorts ports, Freshness freshness) {
    this.ports = ports;
    this.freshness = freshness;
  }

  JsonNode count(ServiceRequestContext context, AggregatedHttpRequest request) {
    freshness.await();
    long[] sums = new long[5];
    ArrayNode months = Json.object().arrayNode();
    for (Map.Entry<MonthId, MonthState> month : ports.finder().states().entrySet()) {
      if (month.getKey().kind() != MonthId.Kind.TRAFFIC) {
        continue;
      }
      MonthState state = month.getValue();
      long[] counts = {
        state.records(), state.updates(), state.duplicates(), state.stale(), state.conflicts()
      };
      months.add(counts(Json.object().put("month", month.getKey().toString()), counts));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
    }
    ObjectNode answer = counts(Json.object(), sums);
    answer.set("months", months);
    return answer;
  }

  private static ObjectNode counts(ObjectNode node, long[] counts) {
    return node.put("records", counts[0])
        .put("updates", counts[1])
        .put("duplicates", counts[2])
        .put("stale", counts[3])
        .put("conflicts", counts[4]);
  }

  JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    UUID id = id(context.pathParam("id"));
    Identities sight = Sight.of(context, Query.flag(context, "reveal"));
    freshness.await();
    List<FoundRecord> records = ports.finder().find(id);
    if (records.isEmpty()) {
      throw Problem.notFound("no record of this id is there");
    }
    return answer(records, sight);
  }

  static UUID id(@Nullable String text) {
    if (text != null && UUID_TEXT.matcher(text).matches()) {
      UUID id = UUID.fromString(text);
      if (RecordId.isValid(id.getMostSignificantBits(), id.getLeastSignificantBits())) {
        return id;
      }
    }
    throw Problem.bad("BAD_ID", "a record's id is a UUID of version 7 or 8");
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    RecordQuery query = RecordParameters.query(context);
    int limit = Query.limit(context);
    String cursor = Query.optional(context, "cursor");
    Place after = cursor == null ? null : Cursor.parse(cursor, Place.ACCOUNT_BYTES);
    freshness.await();
    require(query, RecordParameters.hasDays(context));
    RecordPage page = ports.finder().list(query, after, limit);
    ObjectNode answer = answer(page.records(), Sight.of(context, false));
    CellFilter cells = query.cells();
    if (cells != null && cells.cube() == Cube.COST) {
      nameLegs(answer.path("records"), page.records(), new RowMatch(cells));
    }
    if (page.next() != null) {
      answer.put("next", Cursor.text(page.next()));
    }
    return answer;
  }

  /** Says of each record which of its legs were asked for. */
  private static void nameLegs(JsonNode nodes, List<FoundRecord> records, RowMatch match) {
    for (int i = 0; i < records.size(); i++) {
      FoundRecord record = records.get(i);
      long second = Math.floorDiv(record.startedAtMicros(), MICROS);
      ArrayNode legs = ((ObjectNode) nodes.get(i)).putArray("matching_legs");
      match.legs(record.row(), second).forEach(legs::add);
    }
  }

  /** Refuses whom nobody knows, and billing days of which nothing is kept. */
  private void require(RecordQuery query, boolean hasDays) {
    AccountId account = query.account();
    if (account != null) {
      ports.askable().parties().require(new Party(Cube.SALE, account.value()));
    }
    CellFilter cells = query.cells();
    if (cells != null && hasDays) {
      ports.askable().require(cells);
    } else if (cells != null) {
      ports.askable().parties().require(cells.cube(), cells.parties());
    }
  }

  private ObjectNode answer(List<FoundRecord> records, Identities sight) {
    ObjectNode answer = Json.object();
    new RecordView(ports.keys(), ports.contents(), sight)
        .addAll(answer.putArray("records"), records);
    return answer;
  }
}
