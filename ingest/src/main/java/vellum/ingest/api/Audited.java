package vellum.ingest.api;

import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.util.function.Supplier;
import vellum.core.access.Principal;
import vellum.core.access.Role;
import vellum.core.audit.Actor;
import vellum.core.audit.Audit;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.AuditException;
import vellum.core.audit.Draft;
import vellum.core.audit.Outcome;

/**
 * What of a request goes into the audit trail: no audit write, no answer. A look-up has one entry,
 * written before its answer is given. A change has two: that it begins, without which nothing is
 * changed, and how it ended. Thread-safe.
 */
final class Audited {

  private static final AttributeKey<Audit> KEY = AttributeKey.valueOf(Audited.class, "audit");

  /** There while a change may have been made. */
  private static final AttributeKey<Boolean> BEGUN = AttributeKey.valueOf(Audited.class, "begun");

  private final ServiceRequestContext context;
  private final Audit audit;
  private final Actor actor;

  private Audited(ServiceRequestContext context, Audit audit, Actor actor) {
    this.context = context;
    this.audit = audit;
    this.actor = actor;
  }

  /** Lets every handler find the trail. */
  static DecoratingHttpServiceFunction by(Audit audit) {
    return (delegate, context, request) -> {
      context.setAttr(KEY, audit);
      return delegate.serve(context, request);
    };
  }

  /** The trail, for whoever sent a request. */
  static Audited of(ServiceRequestContext context) {
    Audit audit = context.attr(KEY);
    if (audit == null) {
      throw new AuditException.Unavailable(new IllegalStateException("this server has no trail"));
    }
    return of(context, audit);
  }

  /** Another trail, for whoever sent a request: one that seals what it is given. */
  static Audited of(ServiceRequestContext context, Audit audit) {
    Principal caller = Caller.of(context);
    return new Audited(
        context,
        audit,
        new Actor(caller.name(), Role.texts(caller.roles()), caller.proof().text()));
  }

  /** Whether a request began to change something: if it fails then, that may be changed. */
  static boolean hasBegun(ServiceRequestContext context) {
    return Boolean.TRUE.equals(context.attr(BEGUN));
  }

  /**
   * An entry about what the caller does.
   *
   * @throws Problem when the event needs a reason and there is none
   */
  Draft draft(AuditEvent event, Why why) {
    if (event.needsReason()) {
      Query.reason(why.reason());
    }
    return Draft.of(event, actor, why.reason()).inCase(why.caseId());
  }

  /** The same without a case. */
  Draft draft(AuditEvent event, String reason) {
    return draft(event, new Why(reason.strip(), ""));
  }

  /** The same of what needs no reason. */
  Draft draft(AuditEvent event) {
    return draft(event, "");
  }

  /** Writes that something is answered now. */
  void answered(Draft draft) {
    audit.record(draft.ended(Outcome.ANSWERED));
  }

  /** Writes that something is not answered. */
  void refused(Draft draft) {
    audit.record(draft.ended(Outcome.REFUSED));
  }

  /** What an entry about a change's end says more than one about its beginning. */
  interface Ending<T> {
    Draft of(Draft draft, T result);
  }

  <T> T change(Draft draft, Supplier<T> change) {
    return change(draft, change, (same, result) -> same);
  }

  /**
   * Changes something between two entries.
   *
   * @throws AuditException.Unavailable when the first is not written: nothing is changed; or the
   *     second: the change is made, and the trail says only that it was begun
   */
  <T> T change(Draft draft, Supplier<T> change, Ending<T> ending) {
    long begun = audit.record(draft.ended(Outcome.BEGUN));
    context.setAttr(BEGUN, true);
    T result;
    try {
      result = change.get();
    } catch (RuntimeException e) {
      tellFailure(draft.endOf(begun).ended(outcome(e)), e);
      throw e;
    }
    audit.record(ending.of(draft, result).endOf(begun).ended(Outcome.DONE));
    return result;
  }

  /** If that cannot be told, the caller hears so; what failed first goes with it, to the log. */
  private void tellFailure(Draft draft, RuntimeException failure) {
    try {
      audit.record(draft);
    } catch (AuditException e) {
      e.addSuppressed(failure);
      throw e;
    }
  }

  private static Outcome outcome(RuntimeException failure) {
    return Faults.isRefusal(failure) ? Outcome.REFUSED : Outcome.FAILED;
  }
}
