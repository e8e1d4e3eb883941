package vellum.core.search;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;

/** No hold keeps anything. */
public final class NoVaults implements RecordStore {

  @Override
  public Hold hold(MonthId month) {
    throw new IllegalStateException("there is no vault");
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
