package vellum.ingest.metrics;

import java.util.Map;
import java.util.Set;
import vellum.core.apply.ApplyProgress;
import vellum.core.journal.JournalStats;
import vellum.core.period.Stage;
import vellum.ingest.api.Reason;

/**
 * A node's figures at one moment; read one after the other. Immutable.
 *
 * @param records rows of all periods
 * @param suspended messages in suspense
 * @param certificateSeconds until the servers' certificate ends; NaN without TLS
 */
record Sample(
    JournalStats journal,
    ApplyProgress applied,
    Lag lag,
    Map<Outcomes.Outcome, Long> outcomes,
    long records,
    long suspended,
    Map<StoreFigures.Kind, StoreFigures> stores,
    long cachedBytes,
    Map<Stage, Integer> stages,
    PeriodFigures.Identities identities,
    PeriodFigures.Ends ends,
    Set<Reason.Code> reasons,
    long reserveBytes,
    long freeBytes,
    double certificateSeconds,
    AuditFigures audit)
    implements Outside {

  /**
   * How far the applier is behind the journal.
   *
   * @param entries batches
   * @param records in them, taken as many to a batch as those that this process applied
   */
  record Lag(long entries, long records, double seconds) {}

  @Override
  public long auditFailures() {
    return audit.failures();
  }

  StoreFigures stores(StoreFigures.Kind kind) {
    return stores.getOrDefault(kind, StoreFigures.NONE);
  }
}
