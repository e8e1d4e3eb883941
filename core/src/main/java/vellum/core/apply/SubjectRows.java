package vellum.core.apply;

import java.util.BitSet;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.MonthBatch;
import vellum.core.period.SubjectKey;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowEraser;

/**
 * Rows of the subject index for one batch, those that come and those that an erasure takes away:
 * pseudonyms are unmasked record by record, references encrypted all in one call. Of one row the
 * last word counts. Not thread-safe; reused.
 */
final class SubjectRows {

  private final Output pseudonyms = new Output(1 << 14);
  private final Output references = new Output(1 << 15);
  private final Output keys = new Output(1 << 15);
  private final KeyOrder order = new KeyOrder(SubjectKey.BYTES);

  /** Numbers of the rows that go. */
  private final BitSet going = new BitSet();

  void clear() {
    pseudonyms.clear();
    references.clear();
    going.clear();
  }

  /** Takes away what an erasure names. */
  void drop(Pending pending, int erasure, MonthCipher cipher) {
    int from = count();
    add(pending, erasure, cipher, RowEraser.ALL_KEPT);
    going.set(from, count());
  }

  private int count() {
    return references.size() / RecordKey.REFERENCE_BYTES;
  }

  /**
   * Adds the identities of a message.
   *
   * @param kept a bit for each that is to be added, in their order
   */
  void add(Pending pending, int message, MonthCipher cipher, long kept) {
    int count = pending.identities(message);
    if (count == 0) {
      return;
    }
    int keyOffset = message * RecordKey.BYTES;
    int from = pseudonyms.size();
    pseudonyms.write(
        pending.hints(), pending.hintsOffset(message), count * SubjectKey.PSEUDONYM_BYTES);
    cipher.mask(
        Bytes.getLong(pending.keys(), keyOffset + RecordKey.ID_OFFSET),
        Bytes.getLong(pending.keys(), keyOffset + RecordKey.ID_OFFSET + Long.BYTES),
        pseudonyms.bytes(),
        from,
        count);
    int to = from;
    for (int i = 0; i < count; i++) {
      if ((kept >>> i & 1) != 0) {
        byte[] all = pseudonyms.bytes();
        Bytes.putLong(all, to, Bytes.getLong(all, from + i * SubjectKey.PSEUDONYM_BYTES));
        int at = references.reserve(RecordKey.REFERENCE_BYTES);
        SubjectKey.combine(pending.keys(), keyOffset, all, to, references.bytes(), at);
        to += SubjectKey.PSEUDONYM_BYTES;
      }
    }
    pseudonyms.truncate(to);
  }

  /** Encrypts the references and puts all rows, in order of their keys: half again as fast. */
  void put(MonthCipher cipher, MonthBatch batch) {
    int count = count();
    cipher.encryptReferences(references.bytes(), 0, count);
    keys.clear();
    for (int i = 0; i < count; i++) {
      keys.write(pseudonyms.bytes(), i * SubjectKey.PSEUDONYM_BYTES, SubjectKey.PSEUDONYM_BYTES);
      keys.write(references.bytes(), i * RecordKey.REFERENCE_BYTES, RecordKey.REFERENCE_BYTES);
    }
    int[] sorted = order.sort(keys.bytes(), count);
    for (int i = 0; i < count; i++) {
      int row = sorted[i];
      if (i + 1 < count && order.isSame(row, sorted[i + 1])) {
        continue;
      }
      if (going.get(row)) {
        batch.dropSubject(keys.bytes(), row * SubjectKey.BYTES);
      } else {
        batch.putSubject(keys.bytes(), row * SubjectKey.BYTES);
      }
    }
  }
}
