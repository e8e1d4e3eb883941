package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.period.Place;
import vellum.core.period.UsageFinder;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IpAddress;
import vellum.core.seal.Identities;
import vellum.core.seal.SealedRecord;

/**
 * Answers what users of the platform did, by account and time, and by actor or address. These come
 * in the body, so that neither gets into a log. An answer that is not the last has a {@code next},
 * the cursor of the question for the page behind it. Thread-safe.
 */
final class UsageRequests {

  private static final Set<String> FIELDS =
      Set.of(
          "account",
          "actor",
          "ip",
          "from",
          "to",
          "reveal",
          Why.REASON,
          Why.CASE,
          "limit",
          "cursor");

  private final ApiPorts ports;
  private final Freshness freshness;
  private final LookupGate gate;

  UsageRequests(ApiPorts ports, Freshness freshness, LookupGate gate) {
    this.ports = ports;
    this.freshness = freshness;
    this.gate = gate;
  }

  JsonNode find(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw Problem.bad("UNKNOWN_FIELD", "the body may have " + FIELDS);
              }
            });
    UsageFinder.Question question = question(body);
    boolean isOfPerson = question.actor() != null || question.address() != null;
    if (isOfPerson) {
      Caller.require(context, Role.PRIVACY, Role.DISCLOSURE);
    }
    boolean reveal = Query.reveal(body);
    Identities sight = Sight.of(context, reveal);
    Why why = Why.of(body).forReveal(reveal);
    int limit = Query.limit(body);
    String cursor = Query.text(body, "cursor");
    Place after = cursor == null ? null : Cursor.parse(cursor, Place.SUBJECT_BYTES);
    Audited audited = Audited.of(context);
    Draft draft =
        audited
            .draft(reveal ? AuditEvent.IDENTITIES_REVEALED : AuditEvent.USAGE_LOOKED_UP, why)
            .about(about(question));
    if (isOfPerson) {
      gate.enter(context, audited, draft);
    }
    freshness.await();
    UsageFinder.Page page = ports.usage().find(question, after, limit);
    ObjectNode answer = Json.object();
    ArrayNode events = answer.putArray("events");
    UsageView view = new UsageView(ports.keys(), sight, ports.restrictions());
    for (SealedRecord event : page.events()) {
      view.addTo(events, event);
    }
    if (page.next() != null) {
      answer.put("next", Cursor.text(page.next()));
    }
    if (reveal || isOfPerson) {
      audited.answered(draft.counting(page.events().size()));
    }
    return answer;
  }

  private static String about(UsageFinder.Question question) {
    return "usage log, by account and time"
        + (question.actor() == null ? "" : ", by actor")
        + (question.address() == null ? "" : ", by address");
  }

  private static UsageFinder.Question question(ObjectNode body) {
    long from = Query.micros(Query.text(body, "from"), "from");
    long to = Query.micros(Query.text(body, "to"), "to");
    if (from >= to) {
      throw Problem.bad("BAD_TIME", "from must be before to");
    }
    String actor = Query.text(body, "actor");
    if (actor != null) {
      checkActor(actor);
    }
    String ip = Query.text(body, "ip");
    String address = ip == null ? null : IpAddress.canonical(ip.strip());
    if (ip != null && address == null) {
      throw Problem.bad("BAD_IP_ADDRESS", "ip must be an IPv4 or IPv6 address");
    }
    return new UsageFinder.Question(
        Query.account(Query.text(body, "account")), actor, address, from, to);
  }

  private static void checkActor(String actor) {
    if (actor.contains("***")) {
      throw Problem.bad("BAD_ACTOR", "actor is masked: write it out");
    }
    byte[] text = actor.getBytes(StandardCharsets.UTF_8);
    try {
      new CanonicalIdentity().read(0, text, 0, text.length);
    } catch (BadRecord e) {
      throw Problem.bad("BAD_ACTOR", "actor was refused: " + e.reason());
    }
  }
}
