package vellum.core.settlement;

import java.util.Optional;
import java.util.SortedSet;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/** The cubes of all months, live and archived. Thread-safe. */
public interface CellSource {

  /**
   * The months that may hold cells of some billing days: also those before and after, since a day
   * begins up to 18 hours earlier or later in a party's zone than in the zone of a month.
   */
  SortedSet<MonthId> months(int fromDay, int toDay);

  /** A month for reading, as its owner has it now; empty when it is gone. To be closed. */
  Optional<Cells> open(MonthId month);

  /** The cubes of one month; while they are open, they belong to one owner. For one thread. */
  interface Cells extends AutoCloseable {

    Stage.Owner owner();

    /** Journal sequence up to which messages have come to the month. */
    long position();

    /** Hands out the cells of a range, all of one moment. */
    void read(CellRange range, CellSink sink);

    @Override
    void close();
  }
}
