package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;
import vellum.core.store.Scan;

/**
 * The records that {@link SubjectReferences} stand for, one reference after the other; quickest in
 * ascending order. As of when it was made. Not thread-safe; to be closed.
 */
public final class ReferencedRecords implements AutoCloseable {

  private final MonthId month;
  private final Scan records;

  ReferencedRecords(MonthId month, Scan records) {
    this.month = month;
    this.records = records;
  }

  /** The records of a reference: nearly always one, none when it has gone. */
  public List<SealedRecord> of(byte[] reference) {
    records.seek(Arrays.copyOf(reference, RecordKey.BYTES));
    List<SealedRecord> found = new ArrayList<>(1);
    boolean isOf = records.next();
    while (isOf) {
      byte[] key = records.key();
      isOf = Arrays.equals(key, 0, reference.length, reference, 0, reference.length);
      if (isOf) {
        found.add(new SealedRecord(month, key, records.value()));
        isOf = records.next();
      }
    }
    return found;
  }

  @Override
  public void close() {
    records.close();
  }
}
