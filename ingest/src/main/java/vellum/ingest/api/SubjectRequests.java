package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.record.CanonicalIdentity;
import vellum.core.seal.Identities;
import vellum.core.seal.Mask;

/**
 * Answers which records a person takes part in. The person comes in the body, so that no number
 * gets into an address or a log. An answer that is not the last has a {@code next}, the cursor of
 * the question for the page behind it; it names a record that was answered, never the person.
 * Thread-safe.
 */
final class SubjectRequests {

  private static final Set<String> FIELDS =
      Set.of("subject", "region", "reveal", Why.REASON, Why.CASE, "limit", "cursor");

  private final ApiPorts ports;
  private final Freshness freshness;
  private final LookupGate gate;

  SubjectRequests(ApiPorts ports, Freshness freshness, LookupGate gate) {
    this.ports = ports;
    this.freshness = freshness;
    this.gate = gate;
  }

  HttpData find(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw Problem.bad("UNKNOWN_FIELD", "the body may have " + FIELDS);
              }
            });
    String text = Query.text(body, "subject");
    if (text == null) {
      throw Problem.bad("BAD_SUBJECT", "subject is missing");
    }
    CanonicalIdentity subject = SubjectText.parse(text, Query.text(body, "region"));
    boolean reveal = Query.reveal(body);
    Identities sight = Sight.of(context, reveal);
    Why why = Why.of(body).forReveal(reveal);
    int limit = Query.limit(body);
    String cursor = Query.text(body, "cursor");
    Place after = cursor == null ? null : Cursor.parse(cursor, Place.SUBJECT_BYTES);
    Audited audited = Audited.of(context);
    Draft draft =
        audited
            .draft(reveal ? AuditEvent.IDENTITIES_REVEALED : AuditEvent.SUBJECT_LOOKED_UP, why)
            .about("records of a subject of class " + subject.identityClass());
    gate.enter(context, audited, draft);
    freshness.await();
    RecordPage page = ports.finder().ofSubject(subject, after, limit);
    ObjectNode head = Json.object();
    head.putObject("subject")
        .put("kind", subject.identityClass().name())
        .put("masked", Mask.of(subject.identityClass(), subject.text()));
    RecordView view = new RecordView(ports.keys(), ports.contents(), sight, ports.restrictions());
    HttpData answer = RecordObjects.page(head, page, view, null);
    audited.answered(draft.counting(page.records().size()));
    return answer;
  }
}
