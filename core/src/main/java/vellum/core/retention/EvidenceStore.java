package vellum.core.retention;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The evidence of each period whose end has begun, in the control store: one row a period and
 * event, written together with the stage it goes with. Thread-safe.
 */
public final class EvidenceStore {

  /** {@code 2025-03.default STRIP} → JSON of {@link Evidence}. */
  public static final Table TABLE = new Table("evidence", 0, Shape.SMALL);

  private final Store control;

  public EvidenceStore(Store control) {
    this.control = control;
  }

  public Optional<Evidence> find(MonthId period, ErasureCertificate.Kind event) {
    return Optional.ofNullable(control.get(TABLE, key(period, event))).map(Evidence::parse);
  }

  /** Writes evidence that goes with no new stage. */
  void save(MonthId period, Evidence evidence) {
    StoreBatch batch = control.batch();
    put(batch, period, evidence);
    control.write(batch);
  }

  static void put(StoreBatch batch, MonthId period, Evidence evidence) {
    batch.put(TABLE, key(period, evidence.event()), evidence.json());
  }

  static byte[] key(MonthId period, ErasureCertificate.Kind event) {
    return (period + " " + event).getBytes(StandardCharsets.US_ASCII);
  }
}
