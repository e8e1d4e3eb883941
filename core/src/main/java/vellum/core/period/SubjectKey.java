package vellum.core.period;

import vellum.core.crypto.MonthCipher;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;

/**
 * Key of the subject index: which records a person takes part in.
 *
 * <pre>
 *    0  8   first half of the person's pseudonym in this month
 *    8  16  the record's reference, combined with the pseudonym and encrypted
 *   24
 * </pre>
 *
 * The reference (account and the first twelve bytes of the id) is combined with the pseudonym
 * before it is encrypted, so that the two parties' rows of one record do not look alike: a stolen
 * disk without keys shows neither who took part nor who talked to whom.
 */
public final class SubjectKey {

  public static final int PSEUDONYM_BYTES = 8;
  public static final int REFERENCE_OFFSET = PSEUDONYM_BYTES;
  public static final int BYTES = REFERENCE_OFFSET + RecordKey.REFERENCE_BYTES;

  private SubjectKey() {}

  /** Writes reference and pseudonym combined, ready to be encrypted. */
  public static void combine(
      byte[] key, int keyOffset, byte[] pseudonym, int pseudonymOffset, byte[] out, int offset) {
    long half = Bytes.getLong(pseudonym, pseudonymOffset);
    int from = keyOffset + RecordKey.REFERENCE_OFFSET;
    Bytes.putLong(out, offset, Bytes.getLong(key, from) ^ half);
    Bytes.putLong(out, offset + Long.BYTES, Bytes.getLong(key, from + Long.BYTES) ^ half);
  }

  /** The index key of a person's row of the record with a key. */
  static byte[] of(byte[] recordKey, byte[] pseudonym, MonthCipher cipher) {
    byte[] key = new byte[BYTES];
    System.arraycopy(pseudonym, 0, key, 0, PSEUDONYM_BYTES);
    combine(recordKey, 0, pseudonym, 0, key, REFERENCE_OFFSET);
    cipher.encryptReferences(key, REFERENCE_OFFSET, 1);
    return key;
  }

  /** Decrypts the reference in a key of the index and separates it from the pseudonym. */
  static byte[] reference(byte[] subjectKey, MonthCipher cipher) {
    byte[] reference = new byte[RecordKey.REFERENCE_BYTES];
    System.arraycopy(subjectKey, REFERENCE_OFFSET, reference, 0, reference.length);
    cipher.decryptReferences(reference, 0, 1);
    long half = Bytes.getLong(subjectKey, 0);
    Bytes.putLong(reference, 0, Bytes.getLong(reference, 0) ^ half);
    Bytes.putLong(reference, Long.BYTES, Bytes.getLong(reference, Long.BYTES) ^ half);
    return reference;
  }
}
