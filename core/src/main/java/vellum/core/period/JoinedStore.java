package vellum.core.period;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.core.record.MonthId;

/**
 * The periods of holds beside all others, for who brings the journal into both: applier and
 * flusher. Nobody else is given it, so that no list and no look-up shows what is held. Thread-safe.
 */
public final class JoinedStore implements RecordStore {

  private final RecordStore months;
  private final RecordStore vaults;

  /**
   * @param months all but what holds keep
   * @param vaults what holds keep
   */
  public JoinedStore(RecordStore months, RecordStore vaults) {
    this.months = months;
    this.vaults = vaults;
  }

  private RecordStore of(MonthId month) {
    return month.kind() == MonthId.Kind.HOLD ? vaults : months;
  }

  @Override
  public Hold hold(MonthId month) {
    return of(month).hold(month);
  }

  @Override
  public Optional<Hold> holdExisting(MonthId month) {
    return of(month).holdExisting(month);
  }

  @Override
  public SortedSet<MonthId> months() {
    SortedSet<MonthId> all = new TreeSet<>(months.months());
    all.addAll(vaults.months());
    return all;
  }

  @Override
  public boolean notesChanges(MonthId month) {
    return of(month).notesChanges(month);
  }

  @Override
  public int trim() {
    return months.trim() + vaults.trim();
  }

  @Override
  public void close() {
    vaults.close();
    months.close();
  }
}
