package vellum.core.strip;

import vellum.core.record.MonthId;
import vellum.core.seal.RowReader;

/**
 * A record as an archive year holds it: its {@link ArchiveKey} and its row, without identities. The
 * arrays are the holder's own and not to be changed.
 */
public final class StrippedRecord {

  private final MonthId month;
  private final byte[] key;
  private final byte[] row;

  /** Wraps what was read back from a store. */
  public StrippedRecord(MonthId month, byte[] key, byte[] row) {
    if (key.length != ArchiveKey.BYTES) {
      throw new IllegalArgumentException(
          "key has " + key.length + " bytes, expected " + ArchiveKey.BYTES);
    }
    this.month = month;
    this.key = key;
    this.row = row;
  }

  public MonthId month() {
    return month;
  }

  public byte[] key() {
    return key;
  }

  public byte[] row() {
    return row;
  }

  /** When it started, microseconds since the epoch, UTC, cut to the second. */
  public long startedAtMicros() {
    return ArchiveKey.second(key, 0) * 1_000_000;
  }

  /** A new cursor over the row. */
  public RowReader reader() {
    return new RowReader().over(row, 0, row.length);
  }
}
