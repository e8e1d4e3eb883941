package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.record.MessageJson;
import vellum.core.seal.Identities;
import vellum.core.seal.Suspended;
import vellum.core.seal.SuspenseCode;
import vellum.core.settlement.KnownParties;
import vellum.core.subject.Restrictions;
import vellum.core.suspense.Corrections;
import vellum.core.suspense.SuspendedId;
import vellum.core.suspense.SuspendedRow;
import vellum.core.suspense.SuspenseDesk;
import vellum.core.suspense.SuspenseFilter;
import vellum.core.suspense.SuspenseReader;
import vellum.core.suspense.SuspenseTotals;
import vellum.v1.DetailRecord;

/**
 * Answers about suspense, and recycles and writes off what operators decide: a bounded number of
 * rows a request, the {@code next} of each answer being the cursor of the one behind it, and its
 * {@code as_of} the journal position up to which the whole goes. Thread-safe.
 */
final class SuspenseRequests {

  private static final List<String> CHOICE =
      List.of("ids", "code", "account", "from", "to", "cursor", "as_of", "limit", "dry_run");

  private final SuspenseDesk desk;
  private final KnownParties known;
  private final @Nullable Restrictions restrictions;

  /**
   * @param restrictions whose identities are not shown; null: nobody's
   */
  SuspenseRequests(SuspenseDesk desk, KnownParties known, @Nullable Restrictions restrictions) {
    this.desk = desk;
    this.known = known;
    this.restrictions = restrictions;
  }

  void add(RouteTable routes) {
    Access list = Access.of(Role.OPERATOR, Role.BILLING, Role.SUPPORT);
    Access show =
        Access.of(Role.OPERATOR, Role.BILLING, Role.SUPPORT, Role.PRIVACY, Role.DISCLOSURE);
    Access decide = Access.of(Role.OPERATOR, Role.BILLING);
    Access notes = Access.of(Role.OPERATOR, Role.BILLING, Role.AUDITOR);
    routes.get("/v1/suspense", list.naming(Access.Naming.QUERY)).answers(this::list);
    routes.get("/v1/suspense/totals", list.naming(Access.Naming.QUERY)).answers(this::totals);
    routes.get("/v1/suspense/write-offs", notes).answers(this::notes);
    routes.get("/v1/suspense/rows/{id}", show).answers(this::show);
    routes.post("/v1/suspense/recycle", decide).kept().answers(this::recycle);
    routes.post("/v1/suspense/write-off", decide).kept().answers(this::writeOff);
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    desk.await();
    long asOf = asOf(Query.optional(context, "as_of"));
    SuspenseFilter filter = SuspenseParameters.filter(context, asOf);
    Suspended after = cursor(Query.optional(context, "cursor"));
    SuspenseReader.Page page = page(filter, after, Query.limit(context));
    ObjectNode answer = Json.object().put("as_of", asOf);
    ArrayNode rows = answer.putArray("rows");
    page.rows().forEach(row -> rows.add(SuspenseJson.of(row, desk.now())));
    return withNext(answer, page.next());
  }

  JsonNode totals(ServiceRequestContext context, AggregatedHttpRequest request) {
    desk.await();
    long asOf = asOf(Query.optional(context, "as_of"));
    SuspenseFilter filter = SuspenseParameters.filter(context, asOf);
    SuspenseTotals totals = desk.totals(filter);
    requireKnown(filter, totals.rows() == 0);
    return SuspenseJson.of(totals).put("as_of", asOf);
  }

  private SuspenseReader.Page page(SuspenseFilter filter, @Nullable Suspended after, int limit) {
    SuspenseReader.Page page = desk.reader().page(filter, after, limit);
    requireKnown(filter, after == null && page.rows().isEmpty());
    return page;
  }

  /** Refuses an account that nobody knows and that has nothing in suspense either. */
  private void requireKnown(SuspenseFilter filter, boolean nothingFound) {
    String account = filter.account();
    if (nothingFound && !account.isEmpty()) {
      SuspenseFilter all = new SuspenseFilter(0, account, 0, Long.MAX_VALUE, filter.asOf());
      if (desk.totals(all).rows() == 0) {
        known.require(new Party(Cube.SALE, account));
      }
    }
  }

  JsonNode notes(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode answer = Json.object();
    ArrayNode notes = answer.putArray("write_offs");
    desk.notes().all().forEach(note -> notes.add(SuspenseJson.of(note)));
    return answer;
  }

  JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    Suspended id = id(context.pathParam("id"));
    boolean reveal = Query.flag(context, "reveal");
    Identities wanted = Sight.of(context, reveal);
    Why why = Why.of(context).forReveal(reveal);
    desk.await();
    SuspendedRow row =
        desk.reader()
            .find(id)
            .orElseThrow(() -> Problem.notFound("no such row is in suspense (any more)"));
    ObjectNode answer = SuspenseJson.of(row, desk.now());
    SuspenseCode code = SuspenseCode.of(row.message().code());
    answer.put("meaning", code == null ? "" : code.text());
    DetailRecord record = desk.show(row, wanted);
    if (wanted == Identities.CLEAR && restrictions != null && restrictions.holds(record)) {
      record = desk.show(row, Identities.MASKED);
      answer.put("restricted", true);
    }
    String text = MessageJson.ofRecords().text(record.toByteArray());
    answer.putRawValue("record", new RawValue(text));
    if (reveal) {
      Audited audited = Audited.of(context);
      String about = "row of suspense " + SuspendedId.text(id);
      audited.answered(audited.draft(AuditEvent.IDENTITIES_REVEALED, why).about(about).counting(1));
    }
    return answer;
  }

  JsonNode recycle(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    List<String> fields = new ArrayList<>(CHOICE);
    fields.add("set");
    Json.onlyFields(body, fields);
    Corrections corrections = SuspenseParameters.corrections(body.get("set"));
    boolean dry = dry(body);
    desk.await();
    Choice choice = choice(body);
    if (dry) {
      return answer(SuspenseJson.of(desk.recycle(choice.rows, corrections, true)), choice, true);
    }
    Audited audited = Audited.of(context);
    ObjectNode answer =
        audited.change(
            audited.draft(AuditEvent.SUSPENSE_RECYCLED).counting(choice.rows.size()),
            () -> SuspenseJson.of(desk.recycle(choice.rows, corrections, false)));
    return answer(answer, choice, false);
  }

  private static ObjectNode answer(ObjectNode answer, Choice choice, boolean dry) {
    return withNext(answer.put("as_of", choice.asOf).put("dry_run", dry), choice.next);
  }

  private static boolean dry(ObjectNode body) {
    JsonNode dry = body.get("dry_run");
    if (dry == null || !dry.isBoolean()) {
      throw Problem.bad("BAD_FIELD", "dry_run must be true or false");
    }
    return dry.booleanValue();
  }

  JsonNode writeOff(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    List<String> fields = new ArrayList<>(CHOICE);
    fields.add("reason");
    Json.onlyFields(body, fields);
    boolean dry = dry(body);
    String reason = dry ? "" : Query.reason(Query.text(body, "reason")).strip();
    desk.await();
    Choice choice = choice(body);
    String by = Caller.name(context);
    if (dry) {
      return answer(SuspenseJson.of(desk.writeOff(choice.rows, by, reason, true)), choice, true);
    }
    Audited audited = Audited.of(context);
    ObjectNode answer =
        audited.change(
            audited.draft(AuditEvent.SUSPENSE_WRITTEN_OFF, reason).counting(choice.rows.size()),
            () -> SuspenseJson.of(desk.writeOff(choice.rows, by, reason, false)));
    return answer(answer, choice, false);
  }

  /** Rows that a request is about, and where the next goes on. */
  private record Choice(List<Suspended> rows, long asOf, @Nullable Suspended next) {}

  private Choice choice(ObjectNode body) {
    long asOf = asOf(body.hasNonNull("as_of") ? body.get("as_of").asText() : null);
    JsonNode ids = body.get("ids");
    if (ids != null) {
      List<Suspended> rows = new ArrayList<>();
      ids.forEach(one -> rows.add(id(one.asText())));
      if (!ids.isArray() || rows.isEmpty() || rows.size() > SuspenseDesk.MOST_ROWS) {
        throw Problem.bad("BAD_ID", "ids must be 1 to " + SuspenseDesk.MOST_ROWS);
      }
      return new Choice(rows, asOf, null);
    }
    SuspenseFilter filter =
        SuspenseParameters.filter(
            Query.text(body, "code"),
            Query.text(body, "account"),
            Query.text(body, "from"),
            Query.text(body, "to"),
            asOf);
    if (filter.code() == 0 && filter.account().isEmpty()) {
      throw Problem.bad("BAD_CHOICE", "say which rows: ids, or a code or an account");
    }
    Suspended after = cursor(Query.text(body, "cursor"));
    int limit = Math.min(SuspenseDesk.MOST_ROWS, Query.limit(body));
    SuspenseReader.Page page = page(filter, after, limit);
    return new Choice(page.rows().stream().map(SuspendedRow::at).toList(), asOf, page.next());
  }

  private static ObjectNode withNext(ObjectNode answer, @Nullable Suspended next) {
    return next == null ? answer : answer.put("next", SuspendedId.text(next));
  }

  private long asOf(@Nullable String text) {
    if (text == null) {
      return desk.asOf();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.bad("BAD_CURSOR", "as_of must be that of an earlier answer");
    }
    return Long.parseLong(text);
  }

  private static @Nullable Suspended cursor(@Nullable String text) {
    return text == null
        ? null
        : SuspendedId.parse(text)
            .orElseThrow(
                () -> Problem.bad("BAD_CURSOR", "cursor must be the next of an earlier answer"));
  }

  private static Suspended id(@Nullable String text) {
    return SuspendedId.parse(text == null ? "" : text)
        .orElseThrow(() -> Problem.bad("BAD_ID", "not the id of a row in suspense"));
  }
}
