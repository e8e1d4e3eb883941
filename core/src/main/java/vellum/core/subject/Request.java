package vellum.core.subject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;

/**
 * A person's request as it stands. Immutable; in memory only, as it names the person in clear: what
 * is stored is sealed.
 *
 * @param revision of its document: whoever changes it names the one that was read
 * @param by who took it in
 * @param decision there from {@link RequestState#DECIDED} on, unless it was withdrawn before
 * @param answer there from {@link RequestState#DONE} on
 * @param closing why it was closed; empty before
 */
public record Request(
    CaseId id,
    int revision,
    RequestState state,
    RequestOrder order,
    String by,
    Instant createdAt,
    Deadline deadline,
    Optional<Decision> decision,
    Optional<AnswerNote> answer,
    String closing) {

  public RequestKind kind() {
    return order.kind();
  }

  /** Whether it is late: not answered, and its last day over. */
  public boolean isOverdue(Instant now) {
    return isWaiting() && deadline.isOver(now);
  }

  /** Whether it was never answered, nor withdrawn. */
  boolean isWaiting() {
    return state.compareTo(RequestState.DONE) < 0 && answer.isEmpty();
  }

  public boolean isGranted() {
    return decision.isPresent() && decision.get().granted();
  }

  /** Whether it hides the person now. */
  public boolean restricts() {
    return kind().restricts() && isGranted() && state != RequestState.CLOSED;
  }

  /** What is looked for: an interval of its own for each identity. */
  public List<CaseScope> scopes() {
    return order.scopes();
  }

  Request in(RequestState next) {
    return new Request(
        id, revision, next, order, by, createdAt, deadline, decision, answer, closing);
  }

  Request until(Deadline later) {
    return new Request(id, revision, state, order, by, createdAt, later, decision, answer, closing);
  }

  Request decided(Decision now) {
    return new Request(
        id,
        revision,
        RequestState.DECIDED,
        order,
        by,
        createdAt,
        deadline,
        Optional.of(now),
        answer,
        closing);
  }

  Request answered(AnswerNote note) {
    return new Request(
        id,
        revision,
        RequestState.DONE,
        order,
        by,
        createdAt,
        deadline,
        decision,
        Optional.of(note),
        closing);
  }

  Request with(Optional<AnswerNote> note) {
    return new Request(
        id, revision, state, order, by, createdAt, deadline, decision, note, closing);
  }

  Request closed(String reason) {
    return new Request(
        id,
        revision,
        RequestState.CLOSED,
        order,
        by,
        createdAt,
        deadline,
        decision,
        answer,
        reason);
  }

  /** Says which it is and how far, and never who. */
  @Override
  public String toString() {
    return id.text() + " " + kind().text() + " " + state.text();
  }
}
