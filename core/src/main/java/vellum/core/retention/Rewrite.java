package vellum.core.retention;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.RowCells;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.LiveMonth;
import vellum.core.period.SuspendedMessage;
import vellum.core.period.SuspenseScan;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.store.Row;
import vellum.core.store.Scan;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.RowStripper;

/**
 * One month being rewritten without identities, and read back: live rows in, stripped rows out in
 * the order of the archive's keys, then the archive's rows in again and compared. In bounded steps;
 * a snapshot of the live month is held open between them. For one thread; to be closed.
 *
 * <p>What changes in the live month meanwhile need not be in it: the live month lists those keys.
 */
final class Rewrite implements AutoCloseable {

  /** Rows between two looks at the clock. */
  private static final int ROWS_A_LOOK = 64;

  /** Where the work is. */
  private enum Phase {
    ROWS,
    SUSPENSE,
    POSTINGS,
    READ_BACK,
    POSTINGS_BACK,
    DONE
  }

  /**
   * What is rewritten into what.
   *
   * @param linkBytes of the {@link RowDigest}; progress is told at each link
   * @param progress receives what a later attempt may go on from
   * @param writer packs rows while others are stripped
   */
  record Job(
      LiveMonth live,
      RowStripper stripper,
      ArchiveDraft draft,
      long linkBytes,
      Consumer<StripProgress> progress,
      Executor writer,
      LongSupplier nanoClock) {}

  private final Job job;
  private final LiveMonth live;
  private final ArchiveDraft draft;
  private final Handover handover;
  private final SecondGroup group = new SecondGroup();
  private final Totals liveTotals;
  private final Totals archiveTotals = new Totals();
  private final RowCells cells = new RowCells();
  private final RowDigest liveDigest;
  private final RowDigest archiveDigest;
  private final Row row = new Row();
  private byte[] lastKey = new byte[ArchiveKey.BYTES];
  private @Nullable Scan scan;
  private @Nullable SuspenseScan suspense;
  private @Nullable PostedCopy posted;
  private Phase phase = Phase.ROWS;
  private long suspended;
  private Evidence.@Nullable Rewritten result;

  /**
   * @param from what an earlier attempt finished of the same draft
   */
  Rewrite(Job job, Optional<StripProgress> from) {
    this.job = job;
    this.live = job.live();
    this.draft = job.draft();
    this.handover = new Handover(draft::put, job.writer());
    this.archiveDigest = new RowDigest(job.linkBytes());
    this.liveTotals = from.map(done -> Totals.parse(done.totals())).orElseGet(Totals::new);
    this.liveDigest =
        from.map(done -> new RowDigest(job.linkBytes(), done.linkBytes()))
            .orElseGet(() -> new RowDigest(job.linkBytes()));
    from.ifPresent(done -> lastKey = done.key());
    if (from.filter(StripProgress::complete).isPresent()) {
      finishRows();
    } else {
      this.scan = live.readRecords(from.map(done -> behind(done.key())).orElse(new byte[] {0}));
    }
  }

  /** The least record key behind the account and second of an archive key. */
  private static byte[] behind(byte[] archiveKey) {
    long nextMillis = (ArchiveKey.second(archiveKey, 0) + 1) * 1000;
    return RecordKey.lowerBound(
        Bytes.getInt(archiveKey, ArchiveKey.BUCKET_OFFSET),
        Bytes.getInt(archiveKey, ArchiveKey.ACCOUNT_OFFSET),
        nextMillis << 16,
        0);
  }

  /**
   * Goes on for about so long.
   *
   * @param alone whether this thread is to do all of it, as others need the processor
   * @return whether all is written, read back and found equal
   * @throws StripException when it is not, or cannot be written
   */
  boolean step(long budgetNanos, boolean alone) {
    handover.alone(alone);
    long start = job.nanoClock().getAsLong();
    do {
      switch (phase) {
        case ROWS -> rows();
        case SUSPENSE -> suspense();
        case POSTINGS -> postings();
        case READ_BACK -> readBack();
        case POSTINGS_BACK -> postingsBack();
        case DONE -> {
          return true;
        }
      }
    } while (job.nanoClock().getAsLong() - start < budgetNanos);
    return phase == Phase.DONE;
  }

  private void rows() {
    Scan rows = Objects.requireNonNull(scan);
    RowStripper stripper = job.stripper();
    for (int i = 0; i < ROWS_A_LOOK; i++) {
      if (!rows.next(row)) {
        drainGroup();
        rows.close();
        scan = null;
        handover.settle();
        draft.cut();
        job.progress().accept(progress(true));
        finishRows();
        return;
      }
      stripper.strip(row.key(), 0, row.value(), 0, row.valueLength());
      if (!group.takes(stripper.key())) {
        drainGroup();
      }
      liveTotals.add(cells.read(row.value(), 0, row.valueLength(), live.second(row.key(), 0)));
      group.add(stripper.key(), stripper.row().bytes(), stripper.row().size());
    }
  }

  private void drainGroup() {
    group.drain(
        (key, rows, offset, length) -> {
          handover.put(key, rows, offset, length);
          liveDigest.add(key, rows, offset, length);
          System.arraycopy(key, 0, lastKey, 0, key.length);
        });
    if (liveDigest.isFull()) {
      handover.settle();
      draft.cut();
      job.progress().accept(progress(false));
    }
  }

  private StripProgress progress(boolean complete) {
    return new StripProgress(
        HexFormat.of().formatHex(lastKey),
        HexFormat.of().formatHex(liveDigest.endLink()),
        liveTotals.lines(),
        complete);
  }

  private void finishRows() {
    draft.finish();
    suspense = live.suspense().scan();
    phase = Phase.SUSPENSE;
  }

  private void suspense() {
    SuspenseScan rows = Objects.requireNonNull(suspense);
    for (int i = 0; i < ROWS_A_LOOK; i++) {
      if (!rows.next()) {
        rows.close();
        suspense = null;
        posted = new PostedCopy(live, draft, job.stripper());
        phase = Phase.POSTINGS;
        return;
      }
      SuspendedMessage message = rows.message();
      RowStripper stripper = job.stripper();
      stripper.strip(rows.key(), 0, message.row(), 0, message.row().length);
      byte[] kept = Arrays.copyOf(stripper.row().bytes(), stripper.row().size());
      draft.suspend(stripper.key(), rows.origin(), message.withRow(kept));
      suspended++;
    }
  }

  private void postings() {
    PostedCopy copy = Objects.requireNonNull(posted);
    if (copy.copy(ROWS_A_LOOK)) {
      copy.close();
      draft.flush(liveTotals.records());
      scan = draft.readBack();
      phase = Phase.READ_BACK;
    }
  }

  private void readBack() {
    Scan rows = Objects.requireNonNull(scan);
    for (int i = 0; i < ROWS_A_LOOK; i++) {
      if (!rows.next(row)) {
        rows.close();
        scan = null;
        phase = Phase.POSTINGS_BACK;
        return;
      }
      cells.read(row.value(), 0, row.valueLength(), ArchiveKey.second(row.key(), 0));
      archiveTotals.add(cells);
      draft.count(cells);
      archiveDigest.add(row.key(), row.value(), 0, row.valueLength());
    }
  }

  private void postingsBack() {
    if (Objects.requireNonNull(posted).readBack(ROWS_A_LOOK)) {
      compare();
      draft.finishCells();
      phase = Phase.DONE;
    }
  }

  private void compare() {
    long suspendedThere = draft.countSuspended();
    PostedCopy postings = Objects.requireNonNull(posted);
    same("postings", postings.written(), postings.read());
    byte[] written = liveDigest.endLink();
    same("records", liveTotals.records(), archiveTotals.records());
    same("totals", liveTotals, archiveTotals);
    if (suspendedThere < suspended) {
      same("messages in suspense", suspended, suspendedThere);
    }
    String digest = HexFormat.of().formatHex(written);
    byte[] read = archiveDigest.endLink();
    if (!Arrays.equals(written, read)) {
      same("rows by their digest", digest, HexFormat.of().formatHex(read));
    }
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
      throw new StripException.NotEqual(live.month(), what, there.toString(), here.toString());
    }
  }

  /** What was written; once {@link #step} said that all is. */
  Evidence.Rewritten result() {
    return Objects.requireNonNull(result, "the rewriting is not finished");
  }

  /** Share of the work that is done, 0 to 1. */
  double progress() {
    double all = Math.max(1, 2.0 * live.state().records());
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
    if (posted != null) {
      posted.close();
    }
    handover.close();
    draft.close();
  }
}
