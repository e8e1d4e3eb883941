package vellum.core.subject;

import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.PersonParts;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.Suspended;

/**
 * A record parts of which are to be erased, or a row in suspense. Names nobody: a key, a mask and
 * masked pseudonyms.
 *
 * @param key record key; not to be changed
 * @param found what of it; of a row in suspense its pseudonyms are none
 * @param suspended the row in suspense, or null of a record
 * @param account whose record it is; empty when it was read from a ledger, which does not say it
 */
record ErasedRow(
    MonthId month,
    byte[] key,
    PersonParts.Found found,
    @Nullable Suspended suspended,
    String account) {

  ErasedRow {
    if (key.length != RecordKey.BYTES) {
      throw new IllegalArgumentException("a record key has " + key.length + " bytes");
    }
  }

  static ErasedRow of(MonthId month, byte[] key, PersonParts.Found found) {
    return new ErasedRow(month, key, found, null, "");
  }

  static ErasedRow of(SealedRecord record, PersonParts.Found found) {
    return new ErasedRow(record.month(), record.key(), found, null, record.reader().account());
  }

  static ErasedRow of(Suspended row, int parts) {
    return of(row, parts, "");
  }

  static ErasedRow of(Suspended row, int parts, String account) {
    PersonParts.Found found = new PersonParts.Found(parts, new byte[0]);
    return new ErasedRow(row.period(), row.key(), found, row, account);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return month.toString();
  }
}
