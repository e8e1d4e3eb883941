package vellum.bench.micro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.MonthBatch;
import vellum.core.period.SubjectKey;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.seal.EntryReader;
import vellum.core.seal.SealedBatch;

/**
 * Keys and rows of a batch of records and of their subjects in the order in which the applier
 * writes them. Immutable.
 */
final class SortedRows {

  private final byte[] keys;
  private final List<byte[]> rows = new ArrayList<>();
  private final byte[] subjects;

  SortedRows(SealedBatch batch, MonthCipher cipher) {
    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    List<byte[]> keyed = new ArrayList<>();
    List<byte[]> persons = new ArrayList<>();
    while (entries.next()) {
      int end = entries.rowOffset() + entries.rowLength();
      keyed.add(Arrays.copyOfRange(entries.bytes(), entries.keyOffset(), end));
      persons.addAll(subjects(entries, cipher));
    }
    keyed.sort(Arrays::compareUnsigned);
    persons.sort(Arrays::compareUnsigned);
    keys = new byte[keyed.size() * RecordKey.BYTES];
    for (byte[] one : keyed) {
      System.arraycopy(one, 0, keys, rows.size() * RecordKey.BYTES, RecordKey.BYTES);
      rows.add(Arrays.copyOfRange(one, RecordKey.BYTES, one.length));
    }
    subjects = new byte[persons.size() * SubjectKey.BYTES];
    for (int i = 0; i < persons.size(); i++) {
      System.arraycopy(persons.get(i), 0, subjects, i * SubjectKey.BYTES, SubjectKey.BYTES);
    }
  }

  private static List<byte[]> subjects(EntryReader entries, MonthCipher cipher) {
    byte[] bytes = entries.bytes();
    int key = entries.keyOffset();
    long high = Bytes.getLong(bytes, key + RecordKey.ID_OFFSET);
    long low = Bytes.getLong(bytes, key + RecordKey.ID_OFFSET + Long.BYTES);
    int count = entries.identities();
    byte[] hints = Arrays.copyOfRange(bytes, entries.hintsOffset(), key);
    cipher.mask(high, low, hints, 0, count);
    List<byte[]> subjects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int half = i * SubjectKey.PSEUDONYM_BYTES;
      byte[] subject = new byte[SubjectKey.BYTES];
      System.arraycopy(hints, half, subject, 0, SubjectKey.PSEUDONYM_BYTES);
      SubjectKey.combine(bytes, key, hints, half, subject, SubjectKey.REFERENCE_OFFSET);
      cipher.encryptReferences(subject, SubjectKey.REFERENCE_OFFSET, 1);
      subjects.add(subject);
    }
    return subjects;
  }

  byte[] keys() {
    return keys;
  }

  int count() {
    return rows.size();
  }

  /** Puts all of it. */
  void putInto(MonthBatch batch) {
    for (int i = 0; i < rows.size(); i++) {
      byte[] row = rows.get(i);
      batch.putRecord(keys, i * RecordKey.BYTES, row, 0, row.length);
    }
    for (int at = 0; at < subjects.length; at += SubjectKey.BYTES) {
      batch.putSubject(subjects, at);
    }
  }
}
