package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.casefile.CaseId;
import vellum.core.order.NewOrder;
import vellum.core.order.Order;
import vellum.core.order.OrderDesk;
import vellum.core.order.OrderState;
import vellum.core.order.OrderTerms;
import vellum.core.order.Packages;

/**
 * Takes orders of authorities from one step to the next, and hands packages over. Those who enter
 * and run orders have one role, those who decide on them another; that two people do it, the desk
 * sees to. Answers are not kept under idempotency keys, for they name people. Thread-safe.
 */
final class OrderRequests {

  private static final String ONE = "/v1/orders/{id}";

  /** Bytes of a package's file that one answer has at most. */
  private static final int MOST_BYTES = 4 << 20;

  private final OrderPorts ports;
  private final OrderDesk desk;

  OrderRequests(OrderPorts ports) {
    this.ports = ports;
    this.desk = ports.desk();
  }

  void add(RouteTable routes) {
    Access operator = Access.itself(Role.DISCLOSURE);
    Access approver = Access.itself(Role.APPROVER);
    Access either = Access.itself(Role.DISCLOSURE, Role.APPROVER);
    routes.post("/v1/orders", operator).answers(this::create);
    routes.get("/v1/orders", either).answers(this::list);
    routes.get(ONE, either).answers(this::show);
    routes.post(ONE + "/submit", operator).answers(this::submit);
    routes.post(ONE + "/approve", approver).answers(this::approve);
    routes.post(ONE + "/reject", approver).answers(this::reject);
    routes.post(ONE + "/run", operator).answers(this::run);
    routes.post(ONE + "/deliver", operator).answers(this::deliver);
    routes
        .get(ONE + "/package/{file}", operator)
        .answers(MediaType.OCTET_STREAM, this::packageFile);
  }

  JsonNode create(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    NewOrder entered = OrderBody.read(body);
    if (PeriodRequests.flag(body, "dry_run")) {
      OrderTerms terms = desk.check(entered);
      return OrderView.putTerms(Json.object().put("dry_run", true), terms);
    }
    Audited audited = Audited.of(context);
    Order made =
        audited.change(
            audited.draft(AuditEvent.ORDER_CREATED),
            () -> desk.create(entered, Caller.name(context)),
            (draft, order) -> draft.inCase(order.id().text()).digesting(order.terms().digest()));
    return whole(made);
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    int limit = Query.limit(context);
    String cursor = Query.optional(context, "cursor");
    List<Order> page =
        desk.list(wanted(context), cursor == null ? null : CaseId.parse(cursor), limit + 1);
    boolean more = page.size() > limit;
    ObjectNode answer = Json.object();
    ArrayNode orders = answer.putArray("orders");
    List<Order> shown = more ? page.subList(0, limit) : page;
    shown.forEach(
        order -> orders.add(OrderView.summary(order, ports.progress().apply(order.id()))));
    Audited audited = Audited.of(context);
    audited.answered(audited.draft(AuditEvent.CASE_READ).about("orders").counting(shown.size()));
    return more ? answer.put("next", shown.get(limit - 1).id().text()) : answer;
  }

  private static Predicate<Order> wanted(ServiceRequestContext context) {
    String state = Query.optional(context, "state");
    boolean all = Query.flag(context, "all");
    if (state == null) {
      return order -> all || order.state() != OrderState.CLOSED;
    }
    try {
      OrderState wanted = OrderState.valueOf(state.toUpperCase(Locale.ROOT));
      return order -> order.state() == wanted;
    } catch (IllegalArgumentException e) {
      throw Problem.bad("BAD_STATE", "a state is one of " + List.of(OrderState.values()));
    }
  }

  JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    Order order = find(context);
    Audited audited = Audited.of(context);
    audited.answered(audited.draft(AuditEvent.CASE_READ).inCase(order.id().text()));
    return whole(order);
  }

  JsonNode submit(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    return step(
        context, AuditEvent.ORDER_SUBMITTED, id, () -> desk.submit(id, Caller.name(context)));
  }

  JsonNode approve(ServiceRequestContext context, AggregatedHttpRequest request) {
    String seen = null;
    if (!request.content().isEmpty()) {
      ObjectNode body = Json.body(request);
      Json.onlyFields(body, List.of("digest"));
      seen = Query.text(body, "digest");
    }
    CaseId id = id(context);
    String digest = seen;
    return step(
        context,
        AuditEvent.ORDER_APPROVED,
        id,
        () -> desk.approve(id, Caller.name(context), digest));
  }

  JsonNode reject(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("reason", "dry_run"));
    CaseId id = id(context);
    if (PeriodRequests.flag(body, "dry_run")) {
      return whole(find(context)).put("dry_run", true);
    }
    String reason = Query.reason(Query.text(body, "reason"));
    Audited audited = Audited.of(context);
    return whole(
        audited.change(
            audited.draft(AuditEvent.ORDER_REJECTED, new Why(reason, id.text())),
            () -> desk.reject(id, Caller.name(context), reason)));
  }

  JsonNode run(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    return step(context, AuditEvent.ORDER_RUN, id, () -> desk.run(id, Caller.name(context)));
  }

  /** A step that has no reason of its own. */
  private JsonNode step(
      ServiceRequestContext context, AuditEvent event, CaseId id, Supplier<Order> step) {
    Audited audited = Audited.of(context);
    return whole(
        audited.change(
            audited.draft(event).inCase(id.text()),
            step,
            (draft, order) -> draft.digesting(order.terms().digest())));
  }

  /** Notes that the package is handed over; only then its files can be had. */
  JsonNode deliver(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = id(context);
    desk.requireDeliverable(id);
    List<Packages.PackageFile> files = ports.packages().files(id);
    if (files.isEmpty()) {
      throw Problem.notFound("the package is not on this server any more");
    }
    Audited audited = Audited.of(context);
    ObjectNode answer =
        audited.change(
            audited.draft(AuditEvent.ORDER_DELIVERED).inCase(id.text()),
            () -> OrderView.of(desk.delivered(id, Caller.name(context))),
            (draft, entry) ->
                draft
                    .counting(entry.path("records").asLong())
                    .digesting(entry.path("package_sha256").asText()));
    ArrayNode list = answer.putArray("files");
    files.forEach(file -> list.addObject().put("name", file.name()).put("bytes", file.bytes()));
    return answer;
  }

  HttpData packageFile(ServiceRequestContext context) {
    CaseId id = id(context);
    Order order = desk.requireDeliverable(id);
    if (order.state() != OrderState.DELIVERED) {
      throw new Problem(
          HttpStatus.CONFLICT,
          "NOT_DELIVERED",
          "say first that the package is handed over: POST /v1/orders/{id}/deliver");
    }
    String file = Objects.requireNonNull(context.pathParam("file"));
    long offset = offset(Query.optional(context, "offset"));
    return ports
        .packages()
        .read(id, file, offset, MOST_BYTES)
        .map(HttpData::wrap)
        .orElseThrow(() -> Problem.notFound("the package has no such file"));
  }

  private static long offset(@Nullable String text) {
    String given = text == null ? "0" : text;
    if (!given.matches("[0-9]{1,15}")) {
      throw Problem.bad("BAD_OFFSET", "offset must be a number of bytes");
    }
    return Long.parseLong(given);
  }

  private ObjectNode whole(Order order) {
    return OrderView.whole(order, desk.history(order.id()), ports.progress().apply(order.id()));
  }

  private static CaseId id(ServiceRequestContext context) {
    String id = context.pathParam("id");
    return CaseId.parse(id == null ? "" : id);
  }

  private Order find(ServiceRequestContext context) {
    return desk.find(id(context)).orElseThrow(() -> Problem.notFound("no such order"));
  }
}
