package vellum.core.casefile;

import java.time.Instant;
import java.util.List;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;

/**
 * The end of closed cases whose time is over: audit trail, key and rows, then all copies of the
 * key. For one thread.
 */
public final class CaseExpiry {

  private final CaseFiles files;
  private final CaseAudit audit;
  private final Store control;
  private final Runnable endCopies;

  /**
   * @param control the store of the case files
   * @param endCopies replaces the key-encryption key and rewrites the backups of keys; may be
   *     repeated
   */
  public CaseExpiry(CaseFiles files, CaseAudit audit, Store control, Runnable endCopies) {
    this.files = files;
    this.audit = audit;
    this.control = control;
    this.endCopies = endCopies;
  }

  /**
   * Ends what is due; returns how many cases.
   *
   * @param now the instant by which may be erased
   * @throws vellum.core.audit.AuditException.Unavailable when an entry is not written: what it is
   *     about is not ended
   */
  public int doWork(Instant now) {
    List<CaseId> due = files.due(now);
    for (CaseId id : due) {
      // What a hold's case held is gone before anybody could ask whether it was secret.
      audit.record(
          Draft.ofServer(AuditEvent.CASE_EXPIRED, "").inCase(id.text()),
          id.kind() == CaseKind.HOLD);
    }
    if (!due.isEmpty()) {
      StoreBatch batch = control.batch();
      batch.put(CaseRows.STATE, CaseRows.COPIES, new byte[0]);
      control.write(batch);
      files.expire(now);
    }
    if (control.get(CaseRows.STATE, CaseRows.COPIES) != null) {
      endCopies.run();
      StoreBatch batch = control.batch();
      batch.delete(CaseRows.STATE, CaseRows.COPIES);
      control.write(batch);
    }
    return due.size();
  }
}
