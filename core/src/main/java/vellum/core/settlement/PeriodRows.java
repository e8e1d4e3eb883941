package vellum.core.settlement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.period.BucketRows;
import vellum.core.period.RecordStore;
import vellum.core.record.AccountId;

/**
 * The rows of the records that may lie in a period, as they were when this was opened, by buckets
 * of time. Not thread-safe; to be closed.
 */
public final class PeriodRows implements AutoCloseable {

  private final List<BucketRows> months = new ArrayList<>();
  private final List<RecordStore.Hold> holds = new ArrayList<>();

  PeriodRows() {}

  /** Adds a month, which is closed with this. */
  void add(RecordStore.Hold hold, @Nullable AccountId account) {
    holds.add(hold);
    months.add(new BucketRows(hold.month(), account));
  }

  void read(int bucket, BucketRows.Sink sink) {
    months.forEach(month -> month.read(bucket, sink));
  }

  @Override
  public void close() {
    months.forEach(BucketRows::close);
    holds.forEach(RecordStore.Hold::close);
  }
}
