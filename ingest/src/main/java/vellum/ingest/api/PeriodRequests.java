package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.settlement.Closing;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.Verification;

/** Closes periods and opens them again, shows and proves statements. Thread-safe. */
final class PeriodRequests {

  /** Making all statements of a month takes longer than a look-up may. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final String ONE = "/v1/billing/periods/{period}";
  private static final String POSTINGS = "/v1/billing/postings";

  private static final Access READ =
      Access.of(Role.BILLING, Role.AUDITOR).naming(Access.Naming.QUERY);
  private static final Access BILL = Access.of(Role.BILLING).naming(Access.Naming.BODY);

  private final PeriodDesk periods;
  private final PartyNames names;
  private final Freshness freshness;

  PeriodRequests(PeriodDesk periods, PartyNames names, Freshness freshness) {
    this.periods = periods;
    this.names = names;
    this.freshness = freshness;
  }

  /** Adds the paths of periods and postings. */
  static void add(RouteTable routes, ApiPorts all, SettlementPorts ports, Freshness freshness) {
    PartyNames names = new PartyNames(all.registry()::registry);
    PeriodRequests periods = new PeriodRequests(ports.periods(), names, freshness);
    AdjustmentRequests adjustments = new AdjustmentRequests(all, periods, ports.adjusted());
    routes.get(ONE + "/adjustments/{number}/records", READ).within(LONG).answers(adjustments::list);
    routes.get("/v1/billing/periods", READ).within(LONG).answers(periods::list);
    routes.get(ONE, READ).within(LONG).answers(periods::show);
    routes.get(ONE + "/verify", READ).within(LONG).answers(periods::verify);
    routes.post(ONE + "/close", BILL).kept().within(LONG).answers(periods::close);
    routes.post(ONE + "/reopen", BILL).kept().within(LONG).answers(periods::reopen);
    PostingRequests postings = new PostingRequests(ports.postings(), names, freshness);
    routes.get(POSTINGS, READ).within(LONG).answers(postings::list);
    routes.post(POSTINGS, BILL).kept().within(LONG).answers(postings::add);
  }

  private static YearMonth period(ServiceRequestContext context) {
    return PartyParameters.period(context.pathParam("period"));
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    Party party = PartyParameters.optional(context);
    String kind = Query.optional(context, "kind");
    if (kind != null && !List.of("account", "supplier").contains(kind)) {
      throw Problem.bad("BAD_KIND", "kind must be account or supplier");
    }
    String period = Query.optional(context, "period");
    Cube cube =
        party != null
            ? party.cube()
            : kind == null ? null : kind.equals("account") ? Cube.SALE : Cube.COST;
    List<Closing> found =
        periods.list(
            cube,
            party == null ? null : party.id(),
            period == null ? null : PartyParameters.period(period));
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("periods");
    found.forEach(one -> all.add(PeriodJson.of(one)));
    return answer;
  }

  JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    return PeriodJson.of(shown(context));
  }

  /** The statement that a query names, or a preview. */
  PeriodDesk.Shown shown(ServiceRequestContext context) {
    Party party = PartyParameters.party(context);
    int revision = PartyParameters.revision(context);
    boolean preview = Query.flag(context, "preview");
    freshness.await();
    return preview
        ? periods.preview(party, period(context))
        : periods.show(party, period(context), revision);
  }

  JsonNode verify(ServiceRequestContext context, AggregatedHttpRequest request) {
    Verification found =
        periods.verify(
            PartyParameters.party(context), period(context), PartyParameters.revision(context));
    ObjectNode answer = PeriodJson.of(found.closing());
    return answer
        .put("good", found.isGood())
        .put("intact", found.isIntact())
        .put("stored_digest", found.stored())
        .put("digest_again", found.again());
  }

  JsonNode close(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("account", "supplier", "all", "dry_run"));
    boolean dryRun = flag(body, "dry_run");
    String all = Query.text(body, "all");
    if (all != null && (body.has("account") || body.has("supplier"))) {
      throw Problem.bad("BAD_PARTY", "name one party or all, not both");
    }
    YearMonth period = period(context);
    Party party = all == null ? PartyParameters.party(body) : null;
    Cube cube = all == null ? null : cube(all);
    String by = Caller.name(context);
    freshness.await();
    Supplier<List<PeriodDesk.Result>> closing =
        () ->
            party == null
                ? periods.closeAll(Objects.requireNonNull(cube), period, by, dryRun)
                : List.of(periods.close(party, period, by, dryRun));
    if (dryRun) {
      return results(closing.get());
    }
    Audited audited = Audited.of(context);
    String whose = party == null ? "all " + all : names.of(party);
    return results(
        audited.change(
            audited.draft(AuditEvent.PERIOD_CLOSED).about(period + " of " + whose),
            closing,
            PeriodRequests::closed));
  }

  /** How many were closed; of one, the digest of its statement. */
  private static Draft closed(Draft draft, List<PeriodDesk.Result> results) {
    long closed =
        results.stream().filter(one -> one.outcome() == PeriodDesk.Outcome.CLOSED).count();
    Closing.Made made = results.size() == 1 ? results.get(0).closing().statement() : null;
    return draft.counting(closed).digesting(made == null ? "" : made.digest());
  }

  private static Cube cube(String all) {
    return switch (all) {
      case "accounts" -> Cube.SALE;
      case "suppliers" -> Cube.COST;
      default -> throw Problem.bad("BAD_PARTY", "all must be accounts or suppliers");
    };
  }

  private static JsonNode results(List<PeriodDesk.Result> results) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("results");
    for (PeriodDesk.Result one : results) {
      ObjectNode node = PeriodJson.of(one.closing()).put("outcome", one.outcome().name());
      if (one.outcome() == PeriodDesk.Outcome.WOULD_CLOSE) {
        // The statement says when it was closed, so that of a dry run is never made.
        node.put("digest", "");
      }
      all.add(node);
    }
    return answer;
  }

  JsonNode reopen(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("account", "supplier", "reason", "dry_run"));
    String text = Query.text(body, "reason");
    String reason = text == null ? "" : text;
    Party party = PartyParameters.party(body);
    YearMonth period = period(context);
    String by = Caller.name(context);
    if (flag(body, "dry_run")) {
      return PeriodJson.of(periods.reopen(party, period, reason, by, true));
    }
    Audited audited = Audited.of(context);
    return audited.change(
        audited.draft(AuditEvent.PERIOD_REOPENED, reason).about(period + " of " + names.of(party)),
        () -> PeriodJson.of(periods.reopen(party, period, reason, by, false)));
  }

  /** A truth value of a body; false when it is not there. */
  static boolean flag(ObjectNode body, String field) {
    @Nullable JsonNode node = body.get(field);
    if (node != null && !node.isBoolean()) {
      throw Problem.bad("BAD_FLAG", field + " must be true or false");
    }
    return node != null && node.booleanValue();
  }
}
