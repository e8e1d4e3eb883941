package vellum.core.apply;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.seal.BrokenRow;
import vellum.core.seal.EntryReader;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.RowStripper;

/**
 * Messages of one month that are read and not yet written: keys, rows and masked pseudonyms in
 * arenas, places in arrays. Those of an archived month are stripped when they are added. Not
 * thread-safe; reused after {@link #clear}.
 */
final class Pending {

  private static final int HINT_BYTES = 8;
  private static final int FIELDS = 5;

  private final int keyBytes;
  private final @Nullable RowStripper stripper;
  private final Output keys = new Output(1 << 16);
  private final Output rows = new Output(1 << 18);
  private final Output hints = new Output(1 << 14);

  /** For each message: row offset, row length, hints offset, hints, place in its batch. */
  private int[] fields = new int[0];

  private long[] sequences = new long[0];
  private int count;

  /** Messages of a live month. */
  Pending() {
    this(RecordKey.BYTES, null);
  }

  /** Messages of an archived month. */
  Pending(RowStripper stripper) {
    this(ArchiveKey.BYTES, stripper);
  }

  private Pending(int keyBytes, @Nullable RowStripper stripper) {
    this.keyBytes = keyBytes;
    this.stripper = stripper;
  }

  /** Width of the keys. */
  int keyBytes() {
    return keyBytes;
  }

  /** Copies the entry at hand. */
  void add(EntryReader entry, long sequence) {
    if ((count + 1) * FIELDS > fields.length) {
      fields = Arrays.copyOf(fields, Math.max(1024 * FIELDS, fields.length * 2));
      sequences = Arrays.copyOf(sequences, fields.length / FIELDS);
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

  long sequence(int message) {
    return sequences[message];
  }

  void clear() {
    keys.clear();
    rows.clear();
    hints.clear();
    count = 0;
  }
}
