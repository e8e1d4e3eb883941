package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Map;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.casefile.CaseId;
import vellum.core.record.MonthId;
import vellum.core.subject.AnswerDocument;
import vellum.core.subject.AnswerNote;
import vellum.core.subject.PersonCount;
import vellum.core.subject.Request;
import vellum.core.subject.RequestException;
import vellum.core.subject.RequestOrder;

/**
 * Hands out what was answered to people: the text of an answer, and the files of its parcel, which
 * are sealed for who asked. Counts beforehand what a request is about. Thread-safe.
 */
final class PersonAnswers {

  private final RequestPorts ports;
  private final LookupGate gate;
  private final Freshness freshness;

  PersonAnswers(RequestPorts ports, LookupGate gate, Freshness freshness) {
    this.ports = ports;
    this.gate = gate;
    this.freshness = freshness;
  }

  void add(RouteTable routes) {
    Access access = Access.of(Role.PRIVACY);
    routes.post("/v1/requests/count", access).answers(this::count);
    routes.get("/v1/requests/{id}/count", access).answers(this::countAgain);
    routes.get("/v1/requests/{id}/answer", access).answers(this::answer);
    routes.get("/v1/requests/{id}/package", access).answers(this::files);
    routes
        .get("/v1/requests/{id}/package/{file}", access)
        .answers(MediaType.OCTET_STREAM, this::file);
  }

  /** How many live records, month by month, something is about that was not asked yet. */
  private JsonNode count(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, PersonBody.FIELDS);
    RequestOrder order = PersonBody.order(body, ports.clock().instant());
    Audited audited = Audited.of(context);
    Draft draft =
        audited.draft(AuditEvent.SUBJECT_LOOKED_UP).about("records of a " + order.kind().text());
    return counted(context, audited, draft, order);
  }

  /** The same of a request that was taken in. */
  private JsonNode countAgain(ServiceRequestContext context, AggregatedHttpRequest request) {
    Request found = ports.desk().require(PersonRequests.id(context));
    Audited audited = Audited.of(context);
    Draft draft =
        audited
            .draft(AuditEvent.SUBJECT_LOOKED_UP)
            .about("records of a request")
            .inCase(found.id().text());
    return counted(context, audited, draft, found.order());
  }

  private JsonNode counted(
      ServiceRequestContext context, Audited audited, Draft draft, RequestOrder order) {
    gate.enter(context, audited, draft);
    freshness.await();
    PersonCount count = PersonCount.of(order, ports.parts());
    audited.answered(draft.counting(count.records()));
    ObjectNode answer = Json.object().put("records", count.records()).put("more", count.more());
    ObjectNode months = answer.putObject("months");
    for (Map.Entry<MonthId, Long> month : count.months().entrySet()) {
      months.put(month.getKey().toString(), month.getValue());
    }
    return answer;
  }

  private JsonNode answer(ServiceRequestContext context, AggregatedHttpRequest request) {
    Request found = ports.desk().require(PersonRequests.id(context));
    AnswerNote note =
        found.answer().orElseThrow(() -> new RequestException.NotAnswered(found.id()));
    told(context, found.id(), "answer");
    return AnswerDocument.of(found, note, ports.parts());
  }

  private JsonNode files(ServiceRequestContext context, AggregatedHttpRequest request) {
    CaseId id = finished(context);
    List<String> files = ports.parts().parcels().files(id);
    if (files.isEmpty()) {
      throw new RequestException.NoPackage(id);
    }
    ObjectNode answer = Json.object().put("id", id.text());
    files.forEach(answer.putArray("files")::add);
    told(context, id, "list of its package");
    return answer;
  }

  private HttpData file(ServiceRequestContext context) {
    CaseId id = finished(context);
    String name = String.valueOf(context.pathParam("file"));
    byte[] bytes =
        ports
            .parts()
            .parcels()
            .file(id, name)
            .orElseThrow(() -> new RequestException.NoPackage(id));
    told(context, id, "file of its package");
    return HttpData.wrap(bytes);
  }

  private CaseId finished(ServiceRequestContext context) {
    Request found = ports.desk().require(PersonRequests.id(context));
    if (found.answer().isEmpty()) {
      throw new RequestException.NoPackage(found.id());
    }
    return found.id();
  }

  private static void told(ServiceRequestContext context, CaseId id, String what) {
    Audited audited = Audited.of(context);
    audited.answered(audited.draft(AuditEvent.CASE_READ).about(what).inCase(id.text()));
  }
}
