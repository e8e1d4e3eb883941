package vellum.core.export;

import java.util.Optional;
import vellum.core.period.ArchiveMonth;
import vellum.core.period.LiveMonth;
import vellum.core.period.Month;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;

/**
 * A month that an export reads: held, so that it stays open, and scanned as it was at one moment.
 * {@link #isOwned} is for any thread, the rest for one.
 */
final class SnapshotMonth implements AutoCloseable {

  private final RecordStore store;
  private final RecordStore.Hold hold;
  private final Scan scan;
  private final Mark mark;
  private volatile boolean closed;

  /**
   * Takes over the hold.
   *
   * @param whole whether most rows are wanted: then blocks are read ahead
   */
  SnapshotMonth(RecordStore store, RecordStore.Hold hold, byte[] from, boolean whole) {
    this.store = store;
    this.hold = hold;
    Month month = hold.month();
    this.scan = scan(month, from, whole);
    this.mark = Mark.of(month.month(), month.owner(), month.state());
  }

  private static Scan scan(Month month, byte[] from, boolean whole) {
    if (month instanceof LiveMonth live) {
      return whole ? live.readRecords(from) : live.scanRecords(from);
    }
    ArchiveMonth archive = (ArchiveMonth) month;
    return whole ? archive.readRecords(from) : archive.scanRecords(from);
  }

  Mark mark() {
    return mark;
  }

  Scan scan() {
    return scan;
  }

  /** Whether the month still belongs to whom it is read of; of one that is read, true. */
  boolean isOwned() {
    return closed || ownerOf(store, mark.month()).filter(mark.owner()::equals).isPresent();
  }

  static Optional<Stage.Owner> ownerOf(RecordStore store, MonthId month) {
    return store
        .holdExisting(month)
        .map(
            hold -> {
              try (hold) {
                return hold.month().owner();
              }
            });
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      scan.close();
      hold.close();
    }
  }
}
