package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.audit.AuditEvent;
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

  HttpData show(ServiceRequestContext context, AggregatedHttpRequest request) {
    UUID id = id(context.pathParam("id"));
    boolean reveal = Query.flag(context, "reveal");
    Identities sight = Sight.of(context, reveal);
    Why why = Why.of(context).forReveal(reveal);
    freshness.await();
    List<FoundRecord> records = ports.finder().find(id);
    if (records.isEmpty()) {
      throw Problem.notFound("no record of this id is there");
    }
    HttpData answer = answer(new RecordPage(records, null), sight, null);
    if (reveal) {
      Audited audited = Audited.of(context);
      audited.answered(
          audited
              .draft(AuditEvent.IDENTITIES_REVEALED, why)
              .about("record " + id)
              .counting(records.size()));
    }
    return answer;
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

  HttpData list(ServiceRequestContext context, AggregatedHttpRequest request) {
    int limit = Query.limit(context);
    Place after = after(context);
    RecordQuery query = question(context);
    return answer(page(query, after, limit), Sight.of(context, false), legs(query));
  }

  /** Behind which record a look-up goes on, or null. */
  static @Nullable Place after(ServiceRequestContext context) {
    String cursor = Query.optional(context, "cursor");
    return cursor == null ? null : Cursor.parse(cursor, Place.ACCOUNT_BYTES);
  }

  /** What a request asks for, once everything that was acknowledged before it can be seen. */
  RecordQuery question(ServiceRequestContext context) {
    RecordQuery query = RecordParameters.query(context);
    freshness.await();
    require(query, RecordParameters.hasDays(context));
    return query;
  }

  /** Some of the records. */
  RecordPage page(RecordQuery query, @Nullable Place after, int limit) {
    return ports.finder().list(query, after, limit);
  }

  /** Shows records as a caller sees them without asking for more; for one page. */
  RecordView view(ServiceRequestContext context) {
    return new RecordView(ports.keys(), ports.contents(), Sight.of(context, false), null);
  }

  /** Which legs of a record were asked for; null when none in particular. */
  static @Nullable RowMatch legs(RecordQuery query) {
    CellFilter cells = query.cells();
    return cells != null && cells.cube() == Cube.COST ? new RowMatch(cells) : null;
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

  private HttpData answer(RecordPage page, Identities sight, @Nullable RowMatch legs) {
    RecordView view = new RecordView(ports.keys(), ports.contents(), sight, ports.restrictions());
    return RecordObjects.page(Json.object(), page, view, legs);
  }
}
