package vellum.core.apply;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import vellum.core.billing.Posting;
import vellum.core.billing.RowCells;
import vellum.core.period.ArchiveMonth;
import vellum.core.period.LiveMonth;
import vellum.core.period.MonthBatch;
import vellum.core.period.MonthState;
import vellum.core.period.PostingScan;
import vellum.core.period.SuspendedMessage;
import vellum.core.period.SuspenseScan;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.RowStripper;

/**
 * Carries over what changed in a live month since its key was destroyed: the rows of the changed
 * keys as they are now, and their messages in suspense, stripped, into its archive. Copying again
 * changes nothing; where copying had come to is therefore not kept, and after a restart it starts
 * at the first change. The archive's state counts its rows, and has no position until the switch.
 * Not thread-safe; the archive is written by nobody else meanwhile.
 */
public final class ChangeCopy {

  private final LiveMonth live;
  private final ArchiveMonth archive;
  private final RowStripper stripper;
  private final MonthBatch batch;
  private final KeyOrder order = new KeyOrder(ArchiveKey.BYTES);
  private final RowCells before = new RowCells();
  private final RowCells after = new RowCells();
  private final Output keys = new Output(1 << 12);
  private final Output rows = new Output(1 << 14);
  private int[] ends = new int[0];
  private long upTo;

  /** Records of the batch at hand. */
  private int copied;

  /** Starts at the first change. */
  public ChangeCopy(LiveMonth live, ArchiveMonth archive, RowStripper stripper) {
    this.live = live;
    this.archive = archive;
    this.stripper = stripper;
    this.batch = archive.batch();
  }

  /**
   * Copies some of what changed.
   *
   * @param limit changes after which no further batch of the applier's is begun, at least 1
   * @return changes copied; 0 when there were no further ones
   */
  public int copy(int limit) {
    LiveMonth.Changes changes = live.changedSince(upTo, limit);
    if (changes.count() == 0) {
      return 0;
    }
    batch.clear();
    keys.clear();
    rows.clear();
    ends = new int[changes.count()];
    copied = 0;
    for (int i = 0; i < changes.count(); i++) {
      strip(changes.keys(), i);
    }
    copySuspense(changes);
    int added = put(copied);
    post(changes.upTo());
    archive.write(batch, new MonthState(0, added, 0, 0, 0, 0));
    upTo = changes.upTo();
    return changes.count();
  }

  /** Journal sequence up to which all changes are copied. */
  public long upTo() {
    return upTo;
  }

  LiveMonth live() {
    return live;
  }

  ArchiveMonth archive() {
    return archive;
  }

  /** Strips the row of a key, if there is one: a key may have changed in suspense only. */
  private void strip(byte[] changed, int change) {
    byte[] key = new byte[RecordKey.BYTES];
    System.arraycopy(changed, change * RecordKey.BYTES, key, 0, key.length);
    live.row(key)
        .ifPresent(
            row -> {
              stripper.strip(key, 0, row, 0, row.length);
              keys.write(stripper.key(), 0, ArchiveKey.BYTES);
              rows.write(stripper.row().bytes(), 0, stripper.row().size());
              ends[copied++] = rows.size();
            });
  }

  /**
   * Makes the archive's suspense the live month's, for every account and bucket of what changed.
   * They are told apart by their origins: what went out of suspense has left no row from which its
   * archive key could be made.
   */
  private void copySuspense(LiveMonth.Changes changes) {
    Set<Long> prefixes = new LinkedHashSet<>();
    for (int i = 0; i < changes.count(); i++) {
      prefixes.add(Bytes.getLong(changes.keys(), i * RecordKey.BYTES));
    }
    for (long prefix : prefixes) {
      byte[] bytes = new byte[Long.BYTES];
      Bytes.putLong(bytes, 0, prefix);
      copySuspense(bytes);
    }
  }

  private void copySuspense(byte[] prefix) {
    Set<MonthBatch.Origin> there = new HashSet<>();
    try (SuspenseScan suspended = live.suspense().scan(prefix)) {
      while (suspended.next()) {
        SuspendedMessage message = suspended.message();
        stripper.strip(suspended.key(), 0, message.row(), 0, message.row().length);
        byte[] row = Arrays.copyOf(stripper.row().bytes(), stripper.row().size());
        batch.suspend(stripper.key(), 0, suspended.origin(), message.withRow(row));
        there.add(suspended.origin());
      }
    }
    try (SuspenseScan archived = archive.suspense().scan(prefix)) {
      while (archived.next()) {
        if (!there.contains(archived.origin())) {
          batch.release(archived.key(), archived.origin());
        }
      }
    }
  }

  /** Posts what was posted with the changes at hand, under the archive's keys of their records. */
  private void post(long to) {
    try (PostingScan posted = live.postedBetween(upTo, to)) {
      while (posted.next()) {
        batch.post(strip(live, posted.posting(), stripper));
      }
    }
  }

  /** A posting of a live month as its archive keeps it. */
  public static Posting strip(LiveMonth live, Posting posting, RowStripper stripper) {
    byte[] key = posting.recordKey();
    byte[] row =
        live.row(key)
            .orElseThrow(() -> new IllegalStateException("a record that was posted is not there"));
    stripper.strip(key, 0, row, 0, row.length);
    return posting.under(stripper.key().clone());
  }

  /**
   * Puts the rows, each key once, and moves the archive's cells from what it had under a key;
   * returns how many keys it did not have.
   */
  private int put(int count) {
    int[] sorted = order.sort(keys.bytes(), count);
    Output distinct = new Output(count * ArchiveKey.BYTES);
    int[] numbers = new int[count];
    int wanted = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || !order.isSame(sorted[i - 1], sorted[i])) {
        int from = start(sorted[i]);
        int key = sorted[i] * ArchiveKey.BYTES;
        batch.putRecord(keys.bytes(), key, rows.bytes(), from, ends[sorted[i]] - from);
        distinct.write(keys.bytes(), key, ArchiveKey.BYTES);
        numbers[wanted++] = sorted[i];
      }
    }
    return wanted - moveCells(distinct.bytes(), numbers, wanted);
  }

  private int start(int change) {
    return change == 0 ? 0 : ends[change - 1];
  }

  /** Moves cells from the archive's rows to the new ones; returns how many it has. */
  private int moveCells(byte[] distinct, int[] numbers, int wanted) {
    int[] next = new int[1];
    int[] there = new int[1];
    archive.records(
        distinct,
        wanted,
        (index, value, offset, length) -> {
          while (next[0] < index) {
            before.clear();
            moveCells(distinct, next[0], numbers[next[0]++]);
          }
          before.read(value, offset, length, archive.second(distinct, index * ArchiveKey.BYTES));
          moveCells(distinct, index, numbers[index]);
          next[0] = index + 1;
          there[0]++;
        });
    while (next[0] < wanted) {
      before.clear();
      moveCells(distinct, next[0], numbers[next[0]++]);
    }
    return there[0];
  }

  private void moveCells(byte[] distinct, int index, int change) {
    int from = start(change);
    after
        .read(
            rows.bytes(),
            from,
            ends[change] - from,
            archive.second(distinct, index * ArchiveKey.BYTES))
        .replace(before, batch.cells());
  }
}
