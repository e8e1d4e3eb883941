package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.billing.Cube;
import vellum.core.record.AccountId;
import vellum.core.record.Sha256;
import vellum.core.rerating.RerateRun;
import vellum.core.rerating.RerateScope;
import vellum.core.settlement.Askable;

/** Takes orders to re-rate, and tells how they are. Thread-safe. */
final class RerateRequests {

  private static final int MAX_RATES_BYTES = 8 << 20;
  private static final int MOST_RUNS = 100;

  private final ReratePort port;
  private final Askable askable;
  private final Freshness freshness;

  private RerateRequests(ReratePort port, Askable askable, Freshness freshness) {
    this.port = port;
    this.askable = askable;
    this.freshness = freshness;
  }

  static void add(RouteTable routes, ReratePort port, Askable askable, Freshness freshness) {
    RerateRequests requests = new RerateRequests(port, askable, freshness);
    Access billing = Access.of(Role.BILLING);
    routes
        .post("/v1/billing/rerate", billing.naming(Access.Naming.QUERY))
        .kept()
        .maxBytes(MAX_RATES_BYTES)
        .answers(requests::start);
    routes.get("/v1/billing/rerate", billing).answers(requests::list);
    routes.get("/v1/billing/rerate/{id}", billing).answers(requests::show);
  }

  private JsonNode start(ServiceRequestContext context, AggregatedHttpRequest request) {
    MediaType type = request.contentType();
    if (type == null || !type.subtype().equals("csv")) {
      throw new Problem(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "NOT_CSV", "content-type must be text/csv");
    }
    boolean applies = Query.flag(context, "apply");
    String reason = applies ? Query.reason(Query.optional(context, "reason")) : "";
    freshness.await();
    RerateScope scope = scope(context);
    byte[] csv = request.content().array();
    if (!applies) {
      return started(csv, scope, false, reason);
    }
    Audited audited = Audited.of(context);
    return audited.change(
        audited.draft(AuditEvent.RERATE_ORDERED, reason).digesting(Sha256.hex(csv)),
        () -> started(csv, scope, true, reason),
        (draft, run) -> draft.about("run " + run.path("id").asText()));
  }

  private JsonNode started(byte[] csv, RerateScope scope, boolean applies, String reason) {
    return RerateJson.of(port.start(csv, scope, applies, reason));
  }

  private RerateScope scope(ServiceRequestContext context) {
    List<AccountId> accounts =
        context.queryParams("account").stream().map(Query::account).distinct().toList();
    if (accounts.isEmpty() || accounts.size() > RerateScope.MOST_ACCOUNTS) {
      throw Problem.bad(
          "BAD_ACCOUNT", "account must stand 1 to " + RerateScope.MOST_ACCOUNTS + " times");
    }
    LocalDate from = day(context, "from");
    LocalDate to = day(context, "to");
    if (from != null || to != null) {
      LocalDate first = from == null ? askable.days().oldest() : from;
      askable.days().require(first, to == null ? first.plusDays(1) : to);
    }
    askable.parties().require(Cube.SALE, accounts.stream().map(AccountId::value).toList());
    return new RerateScope(
        accounts,
        from == null ? Integer.MIN_VALUE : (int) from.toEpochDay(),
        to == null ? Integer.MAX_VALUE : (int) to.toEpochDay());
  }

  private static @Nullable LocalDate day(ServiceRequestContext context, String name) {
    return Query.optional(context, name) == null ? null : CellQuery.day(context, name);
  }

  private JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    return port.run(Objects.requireNonNull(context.pathParam("id")))
        .map(RerateJson::of)
        .orElseThrow(() -> Problem.notFound("no re-rating of this id is remembered"));
  }

  private JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode answer = Json.object();
    ArrayNode runs = answer.putArray("runs");
    for (RerateRun run : port.runs().stream().limit(MOST_RUNS).toList()) {
      runs.add(RerateJson.line(run));
    }
    return answer;
  }
}
