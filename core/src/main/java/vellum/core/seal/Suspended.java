package vellum.core.seal;

import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;

/**
 * Where a row in suspense is: its period, the key of its record there, and where its message came
 * from. Names one row for ever: nothing else gets the same origin.
 *
 * @param period whose suspense holds it
 * @param key record key (24 bytes), or archive key (18) where the period's records have no
 *     identities; not to be changed
 * @param sequence of its batch in the journal
 * @param place in the batch
 */
public record Suspended(MonthId period, byte[] key, long sequence, int place) {

  /** Width of an archive key; {@code strip.ArchiveKey} draws it. */
  static final int ARCHIVE_KEY_BYTES = 18;

  public Suspended {
    if (key.length != RecordKey.BYTES && key.length != ARCHIVE_KEY_BYTES) {
      throw new IllegalArgumentException(
          "key has " + key.length + " bytes, expected " + RecordKey.BYTES + " or 18");
    }
    if (sequence < 1 || place < 0) {
      throw new IllegalArgumentException(
          "origin must be a journal sequence and a place: " + sequence + ", " + place);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Suspended that
        && period.equals(that.period)
        && java.util.Arrays.equals(key, that.key)
        && sequence == that.sequence
        && place == that.place;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(sequence) + place;
  }
}
