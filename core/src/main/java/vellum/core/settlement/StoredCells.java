package vellum.core.settlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.UtcOffset;

/** The cubes in a machine's months. Thread-safe. */
public final class StoredCells implements CellSource {

  private final RecordStore store;
  private final MonthCalendar calendar;

  public StoredCells(RecordStore store, MonthCalendar calendar) {
    this.store = store;
    this.calendar = calendar;
  }

  @Override
  public SortedSet<MonthId> months(int fromDay, int toDay) {
    Instant from = startOf(fromDay).minus(UtcOffset.WIDEST);
    Instant to = startOf(toDay).plus(UtcOffset.WIDEST);
    SortedSet<MonthId> months = new TreeSet<>();
    for (MonthId month : store.months()) {
      if (month.kind() == MonthId.Kind.TRAFFIC
          && calendar.start(month).isBefore(to)
          && calendar.end(month).isAfter(from)) {
        months.add(month);
      }
    }
    return months;
  }

  private static Instant startOf(int day) {
    return Instant.EPOCH.plus(Duration.ofDays(day));
  }

  @Override
  public Optional<Cells> open(MonthId month) {
    return store.holdExisting(month).map(HeldCells::new);
  }

  /** A month that is held. */
  private record HeldCells(RecordStore.Hold hold) implements Cells {
    @Override
    public Stage.Owner owner() {
      return hold.month().owner();
    }

    @Override
    public long position() {
      return hold.month().state().position();
    }

    @Override
    public void read(CellRange range, CellSink sink) {
      hold.month().cells(range, sink);
    }

    @Override
    public void close() {
      hold.close();
    }
  }
}
