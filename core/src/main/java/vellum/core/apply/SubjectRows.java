package vellum.core.apply;

import vellum.core.crypto.MonthCipher;
import vellum.core.period.MonthBatch;
import vellum.core.period.SubjectKey;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;

/**
 * Rows of the subject index for one batch: pseudonyms are unmasked record by record, references
 * encrypted all in one call. Not thread-safe; reused.
 */
final class SubjectRows {

  private final Output pseudonyms = new Output(1 << 14);
  private final Output references = new Output(1 << 15);
  private final Output keys = new Output(1 << 15);
  private final KeyOrder order = new KeyOrder(SubjectKey.BYTES);

  void clear() {
    pseudonyms.clear();
    references.clear();
  }

  /** Adds the identities of a message. */
  void add(Pending pending, int message, MonthCipher cipher) {
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
    for (int i = 0; i < count; i++) {
      int at = references.reserve(RecordKey.REFERENCE_BYTES);
      SubjectKey.combine(
          pending.keys(),
          keyOffset,
          pseudonyms.bytes(),
          from + i * SubjectKey.PSEUDONYM_BYTES,
          references.bytes(),
          at);
    }
  }

  /** Encrypts the references and puts all rows, in order of their keys: half again as fast. */
  void put(MonthCipher cipher, MonthBatch batch) {
    int count = references.size() / RecordKey.REFERENCE_BYTES;
    cipher.encryptReferences(references.bytes(), 0, count);
    keys.clear();
    for (int i = 0; i < count; i++) {
      keys.write(pseudonyms.bytes(), i * SubjectKey.PSEUDONYM_BYTES, SubjectKey.PSEUDONYM_BYTES);
      keys.write(references.bytes(), i * RecordKey.REFERENCE_BYTES, RecordKey.REFERENCE_BYTES);
    }
    int[] sorted = order.sort(keys.bytes(), count);
    for (int i = 0; i < count; i++) {
      batch.putSubject(keys.bytes(), sorted[i] * SubjectKey.BYTES);
    }
  }
}
