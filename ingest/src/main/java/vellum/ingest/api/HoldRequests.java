package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseAudit;
import vellum.core.casefile.CaseId;
import vellum.core.hold.Hold;
import vellum.core.hold.HoldDesk;
import vellum.core.hold.HoldException;
import vellum.core.hold.HoldOrder;
import vellum.core.hold.HoldReach;
import vellum.core.hold.HoldType;
import vellum.core.search.ErasedPeriods;

/**
 * Places, lists, shows, extends and releases holds. What is answered about a hold that the caller
 * may not know of is, byte for byte, what is answered about one that never was; nothing of it
 * stands in the audit trail but sealed entries about what those did who may. Its answers are not
 * kept under idempotency keys, for they name people. Thread-safe.
 */
final class HoldRequests {

  private static final List<String> PLACE_FIELDS =
      List.of(
          "type",
          "reach",
          "scope",
          "legal_basis",
          "reference",
          "starts_at",
          "expires_at",
          "secret",
          "reason");

  private final HoldDesk desk;
  private final CaseAudit audit;
  private final ErasedPeriods erased;

  HoldRequests(LawfulPorts ports) {
    this.desk = ports.holds();
    this.audit = ports.audit();
    this.erased = ports.erased();
  }

  void add(RouteTable routes) {
    Access access = Access.of(Role.PRIVACY, Role.DISCLOSURE);
    routes.post("/v1/holds", access).answers(this::place);
    routes.get("/v1/holds", access).answers(this::list);
    routes.get("/v1/holds/{id}", access).answers(this::show);
    routes.post("/v1/holds/{id}/extend", access).answers(this::extend);
    routes.post("/v1/holds/{id}/release", access).answers(this::release);
  }

  JsonNode place(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, PLACE_FIELDS);
    HoldOrder order = order(body);
    Asker asker = Asker.of(Caller.of(context));
    Audited audited = audited(audit, context, order.secret() && asker.secret());
    Hold placed =
        audited.change(
            audited.draft(AuditEvent.HOLD_PLACED, order.reason()),
            () -> desk.place(order, asker),
            (draft, hold) -> draft.inCase(hold.id().text()));
    return HoldJson.putMissing(HoldJson.of(placed), placed, erased.of(placed.scope()));
  }

  private static HoldOrder order(ObjectNode body) {
    String start = Query.text(body, "starts_at");
    return new HoldOrder(
        constant(HoldType.class, body, "type"),
        constant(HoldReach.class, body, "reach"),
        ScopeBody.read(body.get("scope")),
        orEmpty(Query.text(body, "legal_basis")),
        orEmpty(Query.text(body, "reference")),
        start == null ? Optional.empty() : Optional.of(ScopeBody.instant(start, "starts_at")),
        expiry(body),
        PeriodRequests.flag(body, "secret"),
        orEmpty(Query.text(body, "reason")));
  }

  private static Instant expiry(ObjectNode body) {
    return ScopeBody.instant(Query.text(body, "expires_at"), "expires_at");
  }

  private static <E extends Enum<E>> E constant(Class<E> type, ObjectNode body, String field) {
    String text = Query.text(body, field);
    for (E each : type.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw new Problem(
        HttpStatus.UNPROCESSABLE_ENTITY,
        "BAD_HOLD",
        field + " is one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    int limit = Query.limit(context);
    String cursor = Query.optional(context, "cursor");
    List<Hold> page =
        desk.list(
            Query.flag(context, "all"),
            Asker.of(Caller.of(context)),
            cursor == null ? null : CaseId.parse(cursor),
            limit + 1);
    boolean more = page.size() > limit;
    ObjectNode answer = Json.object();
    ArrayNode holds = answer.putArray("holds");
    List<Hold> shown = more ? page.subList(0, limit) : page;
    shown.forEach(hold -> holds.add(HoldJson.summary(hold)));
    boolean secret = shown.stream().anyMatch(Hold::secret);
    Audited audited = audited(audit, context, secret);
    audited.answered(audited.draft(AuditEvent.CASE_READ).about("holds").counting(shown.size()));
    return more ? answer.put("next", shown.get(limit - 1).id().text()) : answer;
  }

  JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    Hold hold = find(desk, context);
    Audited audited = audited(audit, context, hold.secret());
    audited.answered(audited.draft(AuditEvent.CASE_READ).inCase(hold.id().text()));
    return HoldJson.putMissing(
        HoldJson.of(hold, desk.history(hold.id(), Asker.of(Caller.of(context)))),
        hold,
        erased.of(hold.scope()));
  }

  JsonNode extend(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("expires_at", "reason"));
    Instant expiry = expiry(body);
    String reason = Query.reason(Query.text(body, "reason"));
    Hold hold = find(desk, context);
    Asker asker = Asker.of(Caller.of(context));
    Audited audited = audited(audit, context, hold.secret());
    return HoldJson.of(
        audited.change(
            audited.draft(AuditEvent.HOLD_EXTENDED, new Why(reason, hold.id().text())),
            () -> desk.extend(hold.id(), expiry, asker, reason)));
  }

  JsonNode release(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("reason", "dry_run"));
    boolean dryRun = PeriodRequests.flag(body, "dry_run");
    String reason = dryRun ? "" : Query.reason(Query.text(body, "reason"));
    Hold hold = find(desk, context);
    if (dryRun) {
      return HoldJson.summary(hold).put("dry_run", true);
    }
    Asker asker = Asker.of(Caller.of(context));
    Audited audited = audited(audit, context, hold.secret());
    Hold released =
        audited.change(
            audited.draft(AuditEvent.HOLD_RELEASED, new Why(reason, hold.id().text())),
            () -> desk.release(hold.id(), asker, reason));
    return HoldJson.summary(released).put("dry_run", false);
  }

  /**
   * The hold of a path.
   *
   * @throws HoldException.Unknown when there is none that the caller may know of
   */
  static Hold find(HoldDesk desk, ServiceRequestContext context) {
    String id = context.pathParam("id");
    return desk.find(CaseId.parse(orEmpty(id)), Asker.of(Caller.of(context)))
        .orElseThrow(HoldException.Unknown::new);
  }

  /** The trail for what is done about a hold: of a secret one, sealed. */
  static Audited audited(CaseAudit audit, ServiceRequestContext context, boolean secret) {
    return secret ? Audited.of(context, audit.sealing()) : Audited.of(context);
  }
}
