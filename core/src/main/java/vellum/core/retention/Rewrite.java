package vellum.core.retention;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.LiveMonth;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;
import vellum.core.period.SuspenseScan;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.strip.RowStripper;

/**
 * One month being rewritten without identities, and read back: live rows in, stripped rows out in
 * the order of the archive's keys, then the archive's rows in again and compared. In bounded steps;
 * a snapshot of the live month is held open between them. For one thread; to be closed.
 *
 * <p>What changes in the live month meanwhile is not in it: the live month lists those keys.
 */
final class Rewrite implements AutoCloseable {

  /** Rows between two looks at the clock. */
  private static final int ROWS_A_LOOK = 64;

  /** Where the work is. */
  private enum Phase {
    ROWS,
    SUSPENSE,
    READ_BACK,
    DONE
  }

  private final MonthId month;
  private final RecordStore.Hold hold;
  private final LiveMonth live;
  private final MonthState snapshot;
  private final RowStripper stripper;
  private final ArchiveDraft draft;
  private final LongSupplier nanoClock;
  private final SecondGroup group = new SecondGroup();
  private final Totals liveTotals = new Totals();
  private final Totals archiveTotals = new Totals();
  private final RowDigest liveDigest = new RowDigest();
  private final RowDigest archiveDigest = new RowDigest();
  private @Nullable Scan scan;
  private @Nullable SuspenseScan suspense;
  private Phase phase = Phase.ROWS;
  private long suspended;
  private long writtenBytes;
  private Evidence.@Nullable Rewritten result;

  /**
   * @param hold of the live month; closed with this
   * @param draft receives the rows; closed with this
   */
  Rewrite(
      RecordStore.Hold hold, RowStripper stripper, ArchiveDraft draft, LongSupplier nanoClock) {
    this.hold = hold;
    this.live = (LiveMonth) hold.month();
    this.month = live.month();
    this.stripper = stripper;
    this.draft = draft;
    this.nanoClock = nanoClock;
    // Before the scan: what is written between the two is in the scan and on the list of changes.
    this.snapshot = live.state();
    this.scan = live.scanRecords(new byte[] {0});
  }

  /**
   * Goes on for about so long.
   *
   * @return whether all is written, read back and found equal
   * @throws StripException when it is not, or cannot be written
   */
  boolean step(long budgetNanos) {
    long until = nanoClock.getAsLong() + budgetNanos;
    boolean more = true;
    while (more && phase != Phase.DONE) {
      switch (phase) {
        case ROWS -> rows();
        case SUSPENSE -> suspense();
        case READ_BACK -> readBack();
        case DONE -> {
          // Nothing is left.
        }
      }
      more = until - nanoClock.getAsLong() > 0;
    }
    return phase == Phase.DONE;
  }

  private void rows() {
    Scan rows = java.util.Objects.requireNonNull(scan);
    for (int i = 0; i < ROWS_A_LOOK; i++) {
      if (!rows.next()) {
        drainGroup();
        rows.close();
        draft.finish();
        scan = null;
        suspense = live.scanSuspense();
        phase = Phase.SUSPENSE;
        return;
      }
      byte[] key = rows.key();
      byte[] row = rows.value();
      liveTotals.add(row, 0, row.length);
      stripper.strip(key, 0, row, 0, row.length);
      if (!group.takes(stripper.key())) {
        drainGroup();
      }
      group.add(stripper.key(), stripper.row().bytes(), stripper.row().size());
    }
  }

  private void drainGroup() {
    group.drain(
        (key, rows, offset, length) -> {
          draft.put(key, rows, offset, length);
          liveDigest.add(key, key.length, rows, offset, length);
          writtenBytes += key.length + (long) length;
        });
  }

  private void suspense() {
    SuspenseScan rows = java.util.Objects.requireNonNull(suspense);
    for (int i = 0; i < ROWS_A_LOOK; i++) {
      if (!rows.next()) {
        rows.close();
        suspense = null;
        draft.flush();
        scan = draft.scanRecords();
        phase = Phase.READ_BACK;
        return;
      }
      byte[] row = rows.row();
      stripper.strip(rows.key(), 0, row, 0, row.length);
      draft.suspend(stripper.key(), rows.origin(), rows.code(), stripper.row());
      suspended++;
    }
  }

  private void readBack() {
    Scan rows = java.util.Objects.requireNonNull(scan);
    for (int i = 0; i < ROWS_A_LOOK; i++) {
      if (!rows.next()) {
        rows.close();
        scan = null;
        compare();
        phase = Phase.DONE;
        return;
      }
      byte[] key = rows.key();
      byte[] row = rows.value();
      archiveTotals.add(row, 0, row.length);
      archiveDigest.add(key, key.length, row, 0, row.length);
    }
  }

  private void compare() {
    long suspendedThere = draft.countSuspended();
    String digest = liveDigest.finish();
    same("records", liveTotals.records(), archiveTotals.records());
    same("totals", liveTotals, archiveTotals);
    same("messages in suspense", suspended, suspendedThere);
    same("rows by their digest", digest, archiveDigest.finish());
    result =
        new Evidence.Rewritten(
            archiveTotals.records(),
            suspendedThere,
            archiveTotals.byCurrency(),
            archiveTotals.digest(),
            digest,
            draft.fileBytes(),
            0);
  }

  private void same(String what, Object there, Object here) {
    if (!there.equals(here)) {
      throw new StripException.NotEqual(month, what, there.toString(), here.toString());
    }
  }

  /** What was written; once {@link #step} said that all is. */
  Evidence.Rewritten result() {
    return java.util.Objects.requireNonNull(result, "the rewriting is not finished");
  }

  /** State of the live month of which the archive has all. */
  MonthState snapshot() {
    return snapshot;
  }

  /** Bytes written so far, before compression. */
  long writtenBytes() {
    return writtenBytes;
  }

  /** Share of the work that is done, 0 to 1. */
  double progress() {
    double all = Math.max(1, 2.0 * snapshot.records());
    return Math.min(1, (liveTotals.records() + archiveTotals.records()) / all);
  }

  @Override
  public void close() {
    if (scan != null) {
      scan.close();
    }
    if (suspense != null) {
      suspense.close();
    }
    draft.close();
    hold.close();
  }
}
