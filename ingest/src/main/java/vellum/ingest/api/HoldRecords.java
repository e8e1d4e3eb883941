package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.KeyRing;
import vellum.core.hold.Hold;
import vellum.core.period.FoundRecord;
import vellum.core.seal.ContentSource;
import vellum.core.seal.Identities;
import vellum.core.search.VaultPage;

/**
 * Answers which records one hold keeps: the only look-up that finds them when their months have
 * lost their identities. It reads the hold's vault and nothing else. People are named in the body,
 * as look-ups of people have it; that somebody is restricted does not matter here. Thread-safe.
 */
final class HoldRecords {

  private static final List<String> FIELDS =
      List.of("subjects", "region", "reveal", Why.REASON, "limit", "cursor");

  private final LawfulPorts lawful;
  private final KeyRing keys;
  private final LookupGate gate;
  private final Freshness freshness;

  HoldRecords(LawfulPorts lawful, KeyRing keys, LookupGate gate, Freshness freshness) {
    this.lawful = lawful;
    this.keys = keys;
    this.gate = gate;
    this.freshness = freshness;
  }

  void add(RouteTable routes) {
    routes
        .post("/v1/holds/{id}/records", Access.itself(Role.PRIVACY, Role.DISCLOSURE))
        .answersWritten(this::find);
  }

  HttpData find(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, FIELDS);
    List<CaseSubject> subjects = subjects(body);
    boolean reveal = Query.reveal(body);
    Identities sight = Sight.of(context, reveal);
    Why why = Why.of(body).forReveal(reveal);
    int limit = Query.limit(body);
    String cursor = Query.text(body, "cursor");
    Hold hold = HoldRequests.find(lawful.holds(), context);
    Audited audited = HoldRequests.audited(lawful.audit(), context, hold.secret());
    Draft draft =
        audited
            .draft(event(reveal, subjects), new Why(why.reason(), hold.id().text()))
            .about("records that a hold keeps");
    gate.enter(context, audited, draft);
    freshness.await();
    boolean isKeeping =
        lawful.holds().vaults(Asker.of(Caller.of(context))).contains(hold.vault());
    VaultPage page =
        isKeeping
            ? lawful.kept().next(hold.vault(), hold.scope(), subjects, cursor, limit)
            : VaultPage.NONE;
    ObjectNode head =
        Json.object().put("hold", hold.id().text()).put("state", hold.state().text());
    RecordView view = new RecordView(keys, ContentSource.NONE, sight, null);
    List<FoundRecord> records =
        page.records().stream().<FoundRecord>map(FoundRecord.Sealed::new).toList();
    String next = page.next() == null ? "" : page.next();
    HttpData answer = RecordObjects.page(head, records, next, view);
    audited.answered(draft.counting(records.size()));
    return answer;
  }

  private static AuditEvent event(boolean reveal, List<CaseSubject> subjects) {
    if (reveal) {
      return AuditEvent.IDENTITIES_REVEALED;
    }
    return subjects.isEmpty() ? AuditEvent.CASE_READ : AuditEvent.SUBJECT_LOOKED_UP;
  }

  /** Who is asked for; none: everybody. A list of nobody is refused: it would find everybody. */
  private static List<CaseSubject> subjects(ObjectNode body) {
    List<CaseSubject> subjects = ScopeBody.subjects(body);
    if (subjects.isEmpty() && body.has("subjects")) {
      throw new CaseException.BadScope("subjects names nobody: leave it out to ask for all");
    }
    for (CaseSubject subject : subjects) {
      if (subject.kind() == CaseSubject.Kind.PLATFORM_IP) {
        throw new Problem(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "BAD_SUBJECT",
            "a hold keeps no usage log: it takes no platform_ip");
      }
    }
    return subjects;
  }
}
