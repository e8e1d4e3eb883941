package vellum.core.apply;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.JournalEntry;
import vellum.core.journal.StreamId;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.SuspendedMessage;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.seal.BrokenRow;
import vellum.core.seal.EntryReader;
import vellum.core.seal.ErasedParts;
import vellum.core.seal.RowEraser;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.RowStripper;

/**
 * Messages of one month that are read and not yet written: keys, rows and masked pseudonyms in
 * arenas, places in arrays. Those of an archived month are stripped when they are added. Erasures
 * of records stand among them, for they act in the order in which they came. Not thread-safe;
 * reused after {@link #clear}.
 */
final class Pending {

  private static final int HINT_BYTES = 8;
  private static final int FIELDS = 6;

  private final int keyBytes;
  private final @Nullable RowStripper stripper;
  private final Output keys = new Output(1 << 16);
  private final Output rows = new Output(1 << 18);
  private final Output hints = new Output(1 << 14);
  private final Output erased = new Output(64);
  private final RowEraser eraser = new RowEraser();

  /** For each message: row offset, row length, hints offset, hints, place in its batch, parts. */
  private int[] fields = new int[0];

  private long[] sequences = new long[0];
  private SuspendedMessage.Arrival[] arrivals = new SuspendedMessage.Arrival[0];
  private SuspendedMessage.Arrival arrival = SuspendedMessage.Arrival.UNKNOWN;
  private long arrivalOf;

  /** What goes into the month's suspense, and out of it. */
  final SuspenseChanges suspense;

  private int count;

  /** Messages of a live month. */
  Pending(Month month) {
    this(month, RecordKey.BYTES, null);
  }

  /** Messages of an archived month. */
  Pending(Month month, RowStripper stripper) {
    this(month, ArchiveKey.BYTES, stripper);
  }

  private Pending(Month month, int keyBytes, @Nullable RowStripper stripper) {
    this.suspense = new SuspenseChanges(month);
    this.keyBytes = keyBytes;
    this.stripper = stripper;
  }

  /** Width of the keys. */
  int keyBytes() {
    return keyBytes;
  }

  /**
   * Copies the entry at hand: a record to be applied, or a change of the month's suspense. One that
   * replaces a row in suspense counts only when the row is there still.
   */
  void add(EntryReader entry, JournalEntry from) {
    if (entry.isErasing()) {
      addErasure(entry, from.sequence());
      return;
    }
    SuspendedMessage.Arrival came = arrival(from);
    int parts = ErasedParts.NONE;
    if (entry.isRecycled() || entry.isReleased()) {
      SuspendedMessage taken = suspense.take(entry.origin());
      if (taken == null || entry.isReleased()) {
        return;
      }
      came = taken.arrival();
      parts = eraser.parts(taken.row(), 0, taken.row().length);
    }
    addRecord(entry, from.sequence());
    arrivals[count - 1] = came;
    fields[(count - 1) * FIELDS + 5] = parts;
    if (entry.isSuspended()) {
      suspendLast(entry.code());
    }
  }

  /** An archived month has nothing that could be erased. */
  private void addErasure(EntryReader entry, long sequence) {
    if (stripper != null) {
      return;
    }
    if (entry.isReleased()) {
      suspense.erase(entry.origin(), entry.parts());
    } else {
      addRecord(entry, sequence);
    }
  }

  private SuspendedMessage.Arrival arrival(JournalEntry from) {
    StreamId stream = from.stream();
    if (arrivalOf != from.sequence() && stream != null) {
      arrivalOf = from.sequence();
      arrival =
          new SuspendedMessage.Arrival(
              from.appendedAtMicros(), stream.producer(), stream.instance(), stream.stream());
    }
    return arrival;
  }

  /** Takes the last message out again, into suspense. */
  private void suspendLast(int code) {
    count--;
    byte[] key = Arrays.copyOfRange(keys.bytes(), count * keyBytes, (count + 1) * keyBytes);
    MonthBatch.Origin origin = new MonthBatch.Origin(sequence(count), place(count));
    suspense.put(key, origin, suspended(count, code, parts(count)));
    keys.truncate(count * keyBytes);
    rows.truncate(rowOffset(count));
    hints.truncate(hintsOffset(count));
  }

  /**
   * A message as suspense keeps it.
   *
   * @param parts that are erased of its record
   */
  SuspendedMessage suspended(int message, int code, int parts) {
    int from = rowOffset(message);
    byte[] row = Arrays.copyOfRange(rows.bytes(), from, from + rowLength(message));
    if (parts != ErasedParts.NONE) {
      erased.clear();
      eraser.erase(row, 0, row.length, parts, erased);
      row = Arrays.copyOf(erased.bytes(), erased.size());
    }
    return new SuspendedMessage(code, arrivals[message], row);
  }

  /** Copies the entry at hand only for the rows of the index that it comes to. */
  void addIndexed(EntryReader entry, long sequence) {
    if (!entry.isReleased() && !entry.isSuspended() && !entry.hasArchiveKey()) {
      addRecord(entry, sequence);
    }
  }

  private void addRecord(EntryReader entry, long sequence) {
    if ((count + 1) * FIELDS > fields.length) {
      fields = Arrays.copyOf(fields, Math.max(1024 * FIELDS, fields.length * 2));
      sequences = Arrays.copyOf(sequences, fields.length / FIELDS);
      arrivals = Arrays.copyOf(arrivals, sequences.length);
    }
    int at = count * FIELDS;
    int rowAt = rows.size();
    fields[at] = rowAt;
    fields[at + 2] = hints.size();
    if (entry.hasArchiveKey()) {
      addStripped(entry, at);
    } else if (stripper == null) {
      keys.write(entry.bytes(), entry.keyOffset(), keyBytes);
      rows.write(entry.bytes(), entry.rowOffset(), entry.rowLength());
      hints.write(entry.bytes(), entry.hintsOffset(), entry.identities() * HINT_BYTES);
      fields[at + 3] = entry.identities();
    } else {
      stripper.strip(
          entry.bytes(), entry.keyOffset(), entry.bytes(), entry.rowOffset(), entry.rowLength());
      keys.write(stripper.key(), 0, keyBytes);
      rows.write(stripper.row().bytes(), 0, stripper.row().size());
      fields[at + 3] = 0;
    }
    fields[at + 1] = rows.size() - rowAt;
    fields[at + 4] = entry.place();
    fields[at + 5] = entry.parts();
    sequences[count] = sequence;
    count++;
  }

  /** A record without identities, under its key in the archive: as it is. */
  private void addStripped(EntryReader entry, int at) {
    if (keyBytes != ArchiveKey.BYTES) {
      throw new BrokenRow("a record under an archive key is of a month that is not archived");
    }
    keys.write(entry.bytes(), entry.keyOffset(), keyBytes);
    rows.write(entry.bytes(), entry.rowOffset(), entry.rowLength());
    fields[at + 3] = 0;
  }

  int count() {
    return count;
  }

  /** Whether nothing is pending, of records or of suspense. */
  boolean isEmpty() {
    return count == 0 && suspense.isEmpty();
  }

  int bytes() {
    return rows.size();
  }

  byte[] keys() {
    return keys.bytes();
  }

  byte[] rows() {
    return rows.bytes();
  }

  byte[] hints() {
    return hints.bytes();
  }

  int rowOffset(int message) {
    return fields[message * FIELDS];
  }

  int rowLength(int message) {
    return fields[message * FIELDS + 1];
  }

  int hintsOffset(int message) {
    return fields[message * FIELDS + 2];
  }

  int identities(int message) {
    return fields[message * FIELDS + 3];
  }

  int place(int message) {
    return fields[message * FIELDS + 4];
  }

  /** Whether it is no message, but erases {@link #parts} of what is there. */
  boolean isErasure(int message) {
    return rowLength(message) == 0;
  }

  /** The parts that an erasure erases; of a message those that it lost already in suspense. */
  int parts(int message) {
    return fields[message * FIELDS + 5];
  }

  long sequence(int message) {
    return sequences[message];
  }

  void clear() {
    keys.clear();
    rows.clear();
    hints.clear();
    suspense.clear();
    count = 0;
  }
}
