package vellum.core.search;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;

/** No month at all: what a search reads beside a vault when it is to read nothing else. */
final class NoMonths implements RecordStore {

  @Override
  public Hold hold(MonthId month) {
    throw new IllegalStateException("nothing is written here");
  }

  @Override
  public Optional<Hold> holdExisting(MonthId month) {
    return Optional.empty();
  }

  @Override
  public SortedSet<MonthId> months() {
    return Collections.emptySortedSet();
  }

  @Override
  public boolean notesChanges(MonthId month) {
    return false;
  }

  @Override
  public int trim() {
    return 0;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
