package vellum.core.order;

import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;

/** Months of which one fails once. */
final class FailingMonths implements RecordStore {

  private final RecordStore months;
  private final String name;
  private @Nullable RuntimeException failure;

  /**
   * @param name of the month that fails, as it begins
   */
  FailingMonths(RecordStore months, String name, RuntimeException failure) {
    this.months = months;
    this.name = name;
    this.failure = failure;
  }

  @Override
  public Hold hold(MonthId month) {
    return months.hold(month);
  }

  @Override
  public Optional<Hold> holdExisting(MonthId month) {
    RuntimeException once = failure;
    if (once != null && month.toString().startsWith(name)) {
      failure = null;
      throw once;
    }
    return months.holdExisting(month);
  }

  @Override
  public SortedSet<MonthId> months() {
    return months.months();
  }

  @Override
  public boolean notesChanges(MonthId month) {
    return months.notesChanges(month);
  }

  @Override
  public int trim() {
    return months.trim();
  }

  @Override
  public void close() {
    months.close();
  }
}
