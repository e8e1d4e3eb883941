package vellum.core.period;

import java.util.Arrays;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.strip.ArchiveKey;

/**
 * Where a page ended.
 *
 * @param key of the record behind which to go on. Of an account's records its {@link ArchiveKey},
 *     live or not, so that the place stays the same when the month is stripped between two pages;
 *     of a person's, which only live months know, its {@link RecordKey}
 */
public record Place(MonthId month, byte[] key) {

  /** Bytes of the key in pages of an account's records. */
  public static final int ACCOUNT_BYTES = ArchiveKey.BYTES;

  /** Bytes of the key in pages of a person's records. */
  public static final int SUBJECT_BYTES = RecordKey.BYTES;

  @Override
  public boolean equals(Object other) {
    return other instanceof Place place
        && month.equals(place.month)
        && Arrays.equals(key, place.key);
  }

  @Override
  public int hashCode() {
    return 31 * month.hashCode() + Arrays.hashCode(key);
  }
}
