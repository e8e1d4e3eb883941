package vellum.core.period;

import vellum.core.billing.CellMap;
import vellum.core.billing.Posting;
import vellum.core.billing.PostingKey;
import vellum.core.billing.PostingRow;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * Changes to one month, written as a whole with the position they bring it to. Keys are the month's
 * own: record keys when it is live, archive keys when it is not. Not thread-safe; reused from batch
 * to batch.
 */
public final class MonthBatch {

  private static final byte[] NOTHING = new byte[0];

  private final StoreBatch batch;
  private final Table records;
  private final Table suspense;
  private final CellMap cells = new CellMap();
  private final Output subjects = new Output(1 << 10);
  private final Output droppedSubjects = new Output(64);
  private boolean hasErasures;
  private boolean notesPostings;
  private long suspended;
  private final byte[] changed = new byte[MonthTables.CHANGED.keyBytes()];

  MonthBatch(StoreBatch batch, Table records, Table suspense) {
    this.batch = batch;
    this.records = records;
    this.suspense = suspense;
  }

  /** Puts a row under the key of its record, in a live month one that was looked up. */
  public void putRecord(byte[] key, int keyOffset, byte[] row, int rowOffset, int rowLength) {
    batch.put(records, key, keyOffset, records.keyBytes(), row, rowOffset, rowLength);
  }

  /** Puts a {@link SubjectKey}, in ascending order; of live months. */
  public void putSubject(byte[] key, int keyOffset) {
    subjects.write(key, keyOffset, SubjectKey.BYTES);
  }

  /** Takes a {@link SubjectKey} away, in ascending order; of live months. */
  public void dropSubject(byte[] key, int keyOffset) {
    droppedSubjects.write(key, keyOffset, SubjectKey.BYTES);
  }

  /** Notes that parts of a record are erased with this batch; of live months. */
  public void noteErasure() {
    hasErasures = true;
  }

  /**
   * Notes that what is under a record key changes with this batch; of live months.
   *
   * @param sequence position that the batch brings the month to
   */
  public void noteChange(long sequence, byte[] key, int keyOffset) {
    Bytes.putLong(changed, 0, sequence);
    System.arraycopy(key, keyOffset, changed, Long.BYTES, changed.length - Long.BYTES);
    batch.put(MonthTables.CHANGED, changed, 0, changed.length, NOTHING, 0, 0);
  }

  /** Keeps a message that cannot be processed. */
  public void suspend(byte[] key, int keyOffset, Origin origin, SuspendedMessage message) {
    byte[] row = SuspenseKey.of(key, keyOffset, records.keyBytes(), origin);
    batch.put(suspense, row, message.encode());
    suspended++;
  }

  /** Puts another row in the place of a message that is in suspense and stays there. */
  public void suspendStill(byte[] key, Origin origin, SuspendedMessage message) {
    batch.put(suspense, SuspenseKey.of(key, 0, records.keyBytes(), origin), message.encode());
  }

  /** Takes a message out of suspense. */
  public void release(byte[] key, Origin origin) {
    batch.delete(suspense, SuspenseKey.of(key, 0, records.keyBytes(), origin));
    suspended--;
  }

  /** Says whether what is posted is noted, to be carried over to an archive; of live months. */
  public void notePostings(boolean noted) {
    notesPostings = noted;
  }

  /** Posts what a message of this batch changed. */
  public void post(Posting posting) {
    byte[] key = PostingKey.of(posting);
    batch.put(MonthTables.POSTINGS, key, PostingRow.of(posting));
    if (notesPostings) {
      byte[] note = new byte[Long.BYTES + key.length];
      Bytes.putLong(note, 0, posting.origin().sequence());
      System.arraycopy(key, 0, note, Long.BYTES, key.length);
      batch.put(MonthTables.POSTED, note, NOTHING);
    }
  }

  /**
   * By how much the cells of the month change with this batch: what is added here is seen with the
   * rows, at once. Of months of traffic.
   */
  public CellMap cells() {
    return cells;
  }

  /**
   * Where a message came from.
   *
   * @param sequence of its batch in the journal
   * @param place in the batch
   */
  public record Origin(long sequence, int place) {}

  /** The {@link SubjectKey}s, one behind the other. */
  Output subjects() {
    return subjects;
  }

  /** The {@link SubjectKey}s that go, one behind the other. */
  Output droppedSubjects() {
    return droppedSubjects;
  }

  /** Whether parts of records are erased. */
  boolean hasErasures() {
    return hasErasures;
  }

  /** Rows that came into suspense, less those that went. */
  long suspended() {
    return suspended;
  }

  StoreBatch finish(byte[] stateKey, MonthState state, long suspendedNow, SubjectIndex index) {
    index.note(batch);
    if (hasErasures) {
      batch.put(MonthTables.META, MonthTables.ERASURES, NOTHING);
    }
    if (suspended != 0) {
      batch.put(MonthTables.META, MonthTables.SUSPENDED, Bytes.ofLong(suspendedNow));
    }
    batch.put(MonthTables.META, stateKey, state.encode());
    return batch;
  }

  /** Takes away what says of which position the cells are. */
  void forgetCellPosition() {
    MonthCells.forgetPosition(batch);
  }

  /** Bytes so far. */
  public int bytes() {
    return batch.bytes() + subjects.size();
  }

  /** Forgets what was put. */
  public void clear() {
    suspended = 0;
    hasErasures = false;
    batch.clear();
    droppedSubjects.clear();
    cells.clear();
    subjects.clear();
  }
}
