package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.CanonicalIdentity;
import vellum.core.seal.Mask;
import vellum.core.subject.AnswerNote;
import vellum.core.subject.Deadline;
import vellum.core.subject.Decision;
import vellum.core.subject.ProvenSubject;
import vellum.core.subject.Request;
import vellum.core.subject.RequestWorker;

/** People's requests as answers show them: who asks is masked, unless it is revealed. Stateless. */
final class PersonJson {

  private PersonJson() {}

  static ObjectNode of(Request request, boolean reveal, Instant now) {
    Deadline deadline = request.deadline();
    ObjectNode node =
        Json.object()
            .put("id", request.id().text())
            .put("kind", request.kind().text())
            .put("state", request.state().text())
            .put("received_at", request.order().receivedAt().toString())
            .put("due", deadline.due().toString())
            .put("first_due", deadline.first().toString())
            .put("extended_due", deadline.extended().toString())
            .put("extended", deadline.extension().isPresent())
            .put("overdue", request.isOverdue(now))
            .put("taken_in_by", request.by())
            .put("created_at", request.createdAt().toString())
            .put("revision", request.revision());
    ArrayNode who = node.putArray("subjects");
    for (ProvenSubject one : request.order().who()) {
      who.addObject()
          .put("kind", one.subject().kind().text())
          .put("subject", shown(one.subject(), reveal))
          .put("from", one.from().toString())
          .put("to", one.to().toString());
    }
    request.order().accounts().forEach(node.putArray("accounts")::add);
    request
        .order()
        .correction()
        .ifPresent(correction -> node.put("correct_to", shown(correction.right(), reveal)));
    if (reveal) {
      node.put("identity_check", request.order().identityCheck());
    }
    deadline.extension().ifPresent(one -> node.put("extension_reason", one.reason()));
    request.decision().ifPresent(decision -> decision(node, decision));
    request.answer().ifPresent(note -> answer(node.putObject("answer"), note));
    return request.closing().isEmpty() ? node : node.put("closing", request.closing());
  }

  private static String shown(CaseSubject subject, boolean reveal) {
    if (reveal) {
      return subject.value();
    }
    return subject
        .identity()
        .map((CanonicalIdentity one) -> Mask.of(one.identityClass(), one.text()))
        .orElse("***");
  }

  private static void decision(ObjectNode node, Decision decision) {
    node.put("granted", decision.granted())
        .put("decided_at", decision.at().toString())
        .put("decided_by", decision.by().isEmpty() ? "rule" : decision.by())
        .put("decision_reason", decision.reason());
  }

  private static void answer(ObjectNode node, AnswerNote note) {
    node.put("at", note.at().toString()).put("by", note.by()).put("records", note.records());
    note.accounts().forEach(node.putArray("accounts")::add);
    node.put("all_accounts", note.allAccounts());
    if (!note.digest().isEmpty()) {
      node.put("manifest_sha256", note.digest());
    }
    note.removedAt().ifPresent(at -> node.put("package_removed_at", at.toString()));
  }

  static ObjectNode withProgress(ObjectNode node, RequestWorker.Progress progress) {
    ObjectNode shown = node.putObject("progress");
    shown.put("records", progress.records()).put("permille", (int) (1000 * progress.done()));
    return progress.failure().isEmpty() ? node : node.put("failure", progress.failure());
  }
}
