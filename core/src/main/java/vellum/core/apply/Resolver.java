package vellum.core.apply;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.MonthState;
import vellum.core.record.Output;
import vellum.core.seal.ErasedParts;
import vellum.core.seal.RowEraser;
import vellum.v1.RejectionCode;

/**
 * Resolves the pending messages of one month against what the month holds: looks all their keys up
 * at once, merges messages of one record in the order in which they came, and puts each changed row
 * once. What an erasure took out of a record is taken out of its later messages, too. Not
 * thread-safe; reused from month to month of one owner.
 */
final class Resolver {

  private final int keyBytes;
  private final KeyOrder keyOrder;
  private final AspectMerge merge = new AspectMerge();
  private final SameContent sameContent = new SameContent();
  private final SubjectRows subjects = new SubjectRows();
  private final RowEraser eraser = new RowEraser();
  private final RowChange change = new RowChange();
  private final ChangeSink changes;
  private final Output stored = new Output(1 << 18);
  private final Output merged = new Output(1 << 18);
  private byte[] distinctKeys = new byte[0];

  /** Where the messages of each distinct key end, in their order. */
  private int[] ends = new int[0];

  private int[] storedAt = new int[0];
  private int[] storedLength = new int[0];

  /** The row of the record at hand; length -1 while there is none. */
  private byte[] row = new byte[0];

  private int rowOffset;
  private int rowLength;

  /**
   * The message at hand, without what is erased of its record, and its identities to be indexed.
   */
  private byte[] coming = new byte[0];

  private int comingOffset;
  private int comingLength;
  private int erased;
  private long kept;

  private boolean changed;
  private boolean suspended;

  private long records;
  private long updates;
  private long duplicates;
  private long stale;
  private long conflicts;

  /**
   * Pending messages, the month they belong to, and the batch that receives what they change.
   *
   * @param cipher of the month, or null when its key is gone and nothing is indexed
   * @param notesChanges whether keys of what changes are noted, to be carried over to an archive
   */
  record Job(
      Pending pending,
      Month month,
      @Nullable MonthCipher cipher,
      MonthBatch batch,
      boolean notesChanges) {}

  /**
   * @param keyBytes width of the months' keys
   * @param changes hears what changes in months of traffic
   */
  Resolver(int keyBytes, ChangeSink changes) {
    this.keyBytes = keyBytes;
    this.changes = changes;
    this.keyOrder = new KeyOrder(keyBytes);
  }

  /**
   * Resolves, and fills the batch.
   *
   * @return the counts of what the batch does, at {@code position}
   */
  MonthState resolve(Job job, long position) {
    records = 0;
    updates = 0;
    duplicates = 0;
    stale = 0;
    conflicts = 0;
    stored.clear();
    merged.clear();
    subjects.clear();
    job.batch().notePostings(job.notesChanges());
    Pending pending = job.pending();
    int[] order = keyOrder.sort(pending.keys(), pending.count());
    int keys = lookUp(pending, order, job.month());
    int from = 0;
    for (int distinct = 0; distinct < keys; distinct++) {
      int to = ends[distinct];
      row = stored.bytes();
      rowOffset = storedAt[distinct];
      rowLength = storedLength[distinct];
      changed = false;
      suspended = false;
      change.record(job.month(), distinctKeys, distinct * keyBytes);
      for (int i = from; i < to; i++) {
        if (job.pending().isErasure(order[i])) {
          erase(job, order[i]);
        } else {
          come(job.pending(), order[i]);
          fold(job, order[i]);
        }
      }
      change.moveInto(job.batch().cells());
      int key = distinct * keyBytes;
      if (changed) {
        job.batch().putRecord(distinctKeys, key, row, rowOffset, rowLength);
      }
      if (job.notesChanges() && (changed || suspended)) {
        job.batch().noteChange(position, distinctKeys, key);
      }
      from = to;
    }
    if (job.cipher() != null) {
      subjects.put(job.cipher(), job.batch());
    }
    return new MonthState(position, records, updates, duplicates, stale, conflicts);
  }

  /** Looks up the rows of all keys; returns how many distinct ones there are. */
  private int lookUp(Pending pending, int[] order, Month month) {
    int count = pending.count();
    if (storedAt.length < count) {
      distinctKeys = new byte[2 * count * keyBytes];
      ends = new int[2 * count];
      storedAt = new int[2 * count];
      storedLength = new int[2 * count];
    }
    int distinct = 0;
    for (int from = 0; from < count; from = ends[distinct++]) {
      System.arraycopy(
          pending.keys(), order[from] * keyBytes, distinctKeys, distinct * keyBytes, keyBytes);
      ends[distinct] = sameKey(pending, order, from);
    }
    Arrays.fill(storedLength, 0, distinct, -1);
    month.records(
        distinctKeys,
        distinct,
        (index, value, offset, length) -> {
          storedAt[index] = stored.size();
          storedLength[index] = length;
          stored.write(value, offset, length);
        });
    return distinct;
  }

  /** Where the messages of the key at {@code from} end. */
  private int sameKey(Pending pending, int[] order, int from) {
    int to = from + 1;
    while (to < pending.count() && keyOrder.isSame(order[from], order[to])) {
      to++;
    }
    return to;
  }

  /** Erases parts of the row at hand as it is now: nothing is counted and no cell moves. */
  private void erase(Job job, int erasure) {
    int parts = job.pending().parts(erasure);
    if (rowLength >= 0 && (parts & ~erasedOfRow()) != 0) {
      int mark = merged.size();
      eraser.erase(row, rowOffset, rowLength, parts, merged);
      replaceRow(merged.bytes(), mark, merged.size() - mark);
    }
    if (job.cipher() != null) {
      subjects.drop(job.pending(), erasure, job.cipher());
    }
    job.batch().noteErasure();
  }

  private int erasedOfRow() {
    return rowLength < 0 ? ErasedParts.NONE : eraser.parts(row, rowOffset, rowLength);
  }

  /** Takes the message that comes, without what is erased of its record. */
  private void come(Pending pending, int message) {
    coming = pending.rows();
    comingOffset = pending.rowOffset(message);
    comingLength = pending.rowLength(message);
    erased = pending.parts(message) | erasedOfRow();
    kept = RowEraser.ALL_KEPT;
    if (erased != ErasedParts.NONE) {
      kept = eraser.kept(coming, comingOffset, comingLength, erased);
      int mark = merged.size();
      eraser.erase(coming, comingOffset, comingLength, erased, merged);
      coming = merged.bytes();
      comingOffset = mark;
      comingLength = merged.size() - mark;
    }
  }

  /** Brings the message that came into the row at hand. */
  private void fold(Job job, int message) {
    Pending pending = job.pending();
    if (rowLength < 0) {
      replaceRow(coming, comingOffset, comingLength);
      records++;
      if (job.month().hasCells()) {
        change.created(pending, message, row, rowOffset, rowLength);
        changes.changed(change, job.batch());
      }
      index(job, message);
      return;
    }
    int mark = merged.size();
    merge.row(row, rowOffset, rowLength).message(coming, comingOffset, comingLength);
    if (!merge.mergeInto(merged)) {
      conflicts++;
      suspend(job, message, RejectionCode.HEADER_CONFLICT);
      return;
    }
    if (merge.conflict() && !isSameContent(job, message)) {
      conflicts++;
      suspend(job, message, RejectionCode.VERSION_CONFLICT);
    } else {
      count(merge.outcome());
    }
    if (merged.size() > mark) {
      boolean counts = job.month().hasCells();
      if (counts) {
        change.before(row, rowOffset, rowLength);
      }
      replaceRow(merged.bytes(), mark, merged.size() - mark);
      if (counts) {
        change.changed(merge.taken(), pending, message, row, rowOffset, rowLength);
        changes.changed(change, job.batch());
      }
    }
    if (merge.submissionTaken()) {
      index(job, message);
    }
  }

  private boolean isSameContent(Job job, int message) {
    return sameContent.isSame(
        job,
        message,
        Arrays.copyOfRange(coming, comingOffset, comingOffset + comingLength),
        Arrays.copyOfRange(row, rowOffset, rowOffset + rowLength));
  }

  private void replaceRow(byte[] bytes, int offset, int length) {
    row = bytes;
    rowOffset = offset;
    rowLength = length;
    changed = true;
  }

  private void index(Job job, int message) {
    if (job.cipher() != null) {
      subjects.add(job.pending(), message, job.cipher(), kept);
    }
  }

  private void count(AspectMerge.Outcome outcome) {
    switch (outcome) {
      case CHANGED -> updates++;
      case DUPLICATE -> duplicates++;
      case STALE -> stale++;
    }
  }

  private void suspend(Job job, int message, RejectionCode code) {
    suspended = true;
    Pending pending = job.pending();
    MonthBatch.Origin origin =
        new MonthBatch.Origin(pending.sequence(message), pending.place(message));
    job.batch()
        .suspend(
            pending.keys(),
            message * keyBytes,
            origin,
            pending.suspended(message, code.getNumber(), erased));
  }
}
