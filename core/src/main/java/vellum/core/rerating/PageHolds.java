package vellum.core.rerating;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vellum.core.period.FoundRecord;
import vellum.core.period.Month;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * The months of a page of records, held by the owner that the records were read from. Not
 * thread-safe; to be closed.
 */
final class PageHolds implements AutoCloseable {

  private final RecordStore store;
  private final Map<MonthId, Optional<RecordStore.Hold>> holds = new HashMap<>();

  PageHolds(RecordStore store) {
    this.store = store;
  }

  /** Holds the months; false when one was given to another owner since the page was read. */
  boolean hold(List<FoundRecord> page) {
    for (FoundRecord record : page) {
      Stage.Owner owner =
          record instanceof FoundRecord.Sealed ? Stage.Owner.LIVE : Stage.Owner.ARCHIVE;
      Optional<RecordStore.Hold> hold = holds.computeIfAbsent(record.month(), store::holdExisting);
      if (hold.isPresent() && hold.get().month().owner() != owner) {
        return false;
      }
    }
    return true;
  }

  /** The month of a record of the page; empty when it has expired since. */
  Optional<Month> month(MonthId month) {
    return holds.getOrDefault(month, Optional.empty()).map(RecordStore.Hold::month);
  }

  @Override
  public void close() {
    holds.values().forEach(hold -> hold.ifPresent(RecordStore.Hold::close));
    holds.clear();
  }
}
