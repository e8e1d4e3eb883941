package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseId;
import vellum.core.subject.Request;
import vellum.core.subject.RequestDesk;
import vellum.core.subject.RequestKind;
import vellum.core.subject.RequestOrder;
import vellum.core.subject.RequestState;
import vellum.core.subject.RequestWorker;

/**
 * Takes requests of people in, and leads them to their end. Who asks comes in a body, never in an
 * address. Thread-safe.
 */
final class PersonRequests {

  private static final List<String> REASON = List.of("reason");
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final RequestPorts ports;

  PersonRequests(RequestPorts ports) {
    this.ports = ports;
  }

  void add(RouteTable routes) {
    Access access = Access.of(Role.PRIVACY);
    routes.post("/v1/requests", access).maxBytes(MAX_BODY_BYTES).answers(this::create);
    routes.get("/v1/requests", access).answers(this::list);
    routes.get("/v1/requests/{id}", access).answers(this::show);
    routes.post("/v1/requests/{id}/extend", access).answers(this::extend);
    routes.post("/v1/requests/{id}/decide", access).answers(this::decide);
    routes.post("/v1/requests/{id}/answer", access).maxBytes(MAX_BODY_BYTES).answers(this::answer);
    routes.post("/v1/requests/{id}/close", access).answers(this::close);
  }

  private JsonNode create(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, PersonBody.FIELDS);
    RequestOrder order = PersonBody.order(body, ports.clock().instant());
    String override = Query.text(body, "override");
    String why = override == null ? "" : new Why(override.strip(), "").reason();
    Audited audited = Audited.of(context);
    Request created =
        audited.change(
            audited.draft(AuditEvent.REQUEST_CREATED, why).about(order.kind().text()),
            () -> desk().create(order, why, asker(context)),
            (draft, done) -> draft.inCase(done.id().text()));
    return shown(created, false);
  }

  private JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    Instant now = ports.clock().instant();
    String after = Query.optional(context, "after");
    int limit = Query.limit(context);
    List<Request> found =
        desk().list(wanted(context, now), after == null ? null : id(after), limit + 1);
    List<Request> page = found.size() > limit ? found.subList(0, limit) : found;
    Audited audited = Audited.of(context);
    audited.answered(
        audited.draft(AuditEvent.CASE_READ).about("list of requests").counting(page.size()));
    ObjectNode answer = Json.object();
    ArrayNode rows = answer.putArray("requests");
    page.forEach(one -> rows.add(PersonJson.of(one, false, now)));
    return found.size() > limit ? answer.put("next", page.get(limit - 1).id().text()) : answer;
  }

  private static Predicate<Request> wanted(ServiceRequestContext context, Instant now) {
    String kind = Query.optional(context, "kind");
    String state = Query.optional(context, "state");
    boolean overdue = Query.flag(context, "overdue");
    RequestKind wantedKind = kind == null ? null : PersonBody.kind(kind);
    RequestState wantedState = state == null ? null : state(state);
    return request ->
        (wantedKind == null || request.kind() == wantedKind)
            && (wantedState == null || request.state() == wantedState)
            && (!overdue || request.isOverdue(now));
  }

  private static RequestState state(String text) {
    try {
      return RequestState.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Problem.bad(
          "BAD_STATE", "state must be one of open, decided, working, done and closed");
    }
  }

  private JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    boolean reveal = Query.flag(context, "reveal");
    Why why = Why.of(context).forReveal(reveal);
    Request found = desk().require(id);
    ObjectNode answer = shown(found, reveal);
    ports.worker().progress(id).ifPresent(one -> PersonJson.withProgress(answer, one));
    if (Query.flag(context, "history")) {
      ArrayNode history = answer.putArray("history");
      Instant now = ports.clock().instant();
      desk().history(id).forEach(one -> history.add(PersonJson.of(one, reveal, now)));
    }
    Audited audited = Audited.of(context);
    AuditEvent event = reveal ? AuditEvent.IDENTITIES_REVEALED : AuditEvent.CASE_READ;
    audited.answered(audited.draft(event, why.reason()).about("request").inCase(id.text()));
    return answer;
  }

  private JsonNode extend(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, REASON);
    Why why = Why.of(body);
    return changed(
        context,
        draft(context, AuditEvent.REQUEST_EXTENDED, why, id),
        () -> desk().extend(id, why.reason(), asker(context)));
  }

  private JsonNode decide(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("granted", "reason", "override"));
    if (!body.path("granted").isBoolean()) {
      throw Problem.bad("BAD_FIELD", "granted must be true or false");
    }
    boolean granted = body.path("granted").booleanValue();
    Why why = Why.of(body);
    boolean override = PersonBody.flag(body, "override");
    Draft draft =
        draft(context, AuditEvent.REQUEST_DECIDED, why, id).about(granted ? "granted" : "refused");
    return changed(
        context, draft, () -> desk().decide(id, granted, why.reason(), override, asker(context)));
  }

  private JsonNode answer(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("certificate"));
    String certificate = Query.text(body, "certificate");
    Request asked = desk().require(id);
    Audited audited = Audited.of(context);
    RequestWorker.Started started =
        audited.change(
            draft(context, event(asked), new Why(reason(asked), ""), id),
            () ->
                ports.worker().answer(id, certificate == null ? "" : certificate, asker(context)));
    ObjectNode answer = shown(started.request(), false);
    return started.passphrase().isEmpty() ? answer : answer.put("passphrase", started.passphrase());
  }

  private static AuditEvent event(Request request) {
    if (!request.isGranted()) {
      return AuditEvent.REQUEST_ANSWERED;
    }
    return switch (request.kind()) {
      case ERASURE -> AuditEvent.PERSON_ERASED;
      case RESTRICTION, OBJECTION -> AuditEvent.PERSON_RESTRICTED;
      case ACCESS, PORTABILITY, RECTIFICATION -> AuditEvent.REQUEST_ANSWERED;
    };
  }

  private static String reason(Request request) {
    return request.decision().map(decision -> decision.reason()).orElse("");
  }

  private JsonNode close(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("reason", "withdrawn"));
    Why why = Why.of(body);
    boolean withdrawn = PersonBody.flag(body, "withdrawn");
    return changed(
        context,
        draft(context, AuditEvent.REQUEST_CLOSED, why, id),
        () -> desk().close(id, why.reason(), withdrawn));
  }

  private JsonNode changed(ServiceRequestContext context, Draft draft, Supplier<Request> change) {
    return shown(Audited.of(context).change(draft, change), false);
  }

  private static Draft draft(ServiceRequestContext context, AuditEvent event, Why why, CaseId id) {
    return Audited.of(context).draft(event, why.reason()).about("request").inCase(id.text());
  }

  private ObjectNode shown(Request request, boolean reveal) {
    return PersonJson.of(request, reveal, ports.clock().instant());
  }

  private RequestDesk desk() {
    return ports.desk();
  }

  private static Asker asker(ServiceRequestContext context) {
    return Asker.of(Caller.of(context));
  }

  static CaseId id(ServiceRequestContext context) {
    return id(context.pathParam("id"));
  }

  private static CaseId id(@Nullable String text) {
    return CaseId.parse(text == null ? "" : text);
  }
}
