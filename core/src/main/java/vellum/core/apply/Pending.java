package vellum.core.apply;

import java.util.Arrays;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.seal.EntryReader;

/**
 * Messages of one month that are read and not yet written: keys, rows and masked pseudonyms in
 * arenas, places in arrays. Not thread-safe; reused after {@link #clear}.
 */
final class Pending {

  private static final int HINT_BYTES = 8;
  private static final int FIELDS = 5;

  private final Output keys = new Output(1 << 16);
  private final Output rows = new Output(1 << 18);
  private final Output hints = new Output(1 << 14);

  /** For each message: row offset, row length, hints offset, hints, place in its batch. */
  private int[] fields = new int[0];

  private long[] sequences = new long[0];
  private int count;

  /** Copies the entry at hand. */
  void add(EntryReader entry, long sequence) {
    if ((count + 1) * FIELDS > fields.length) {
      fields = Arrays.copyOf(fields, Math.max(1024 * FIELDS, fields.length * 2));
      sequences = Arrays.copyOf(sequences, fields.length / FIELDS);
    }
    int at = count * FIELDS;
    fields[at] = rows.size();
    fields[at + 1] = entry.rowLength();
    fields[at + 2] = hints.size();
    fields[at + 3] = entry.identities();
    fields[at + 4] = entry.place();
    sequences[count] = sequence;
    keys.write(entry.bytes(), entry.keyOffset(), RecordKey.BYTES);
    rows.write(entry.bytes(), entry.rowOffset(), entry.rowLength());
    hints.write(entry.bytes(), entry.hintsOffset(), entry.identities() * HINT_BYTES);
    count++;
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
