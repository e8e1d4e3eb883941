package vellum.core.seal;

import java.util.UUID;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;

/**
 * A record as a live month holds it: its key and its row, identities sealed. The arrays are the
 * holder's own and not to be changed.
 */
public final class SealedRecord {

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final MonthId month;
  private final byte[] key;
  private final byte[] row;

  /** Microseconds, or {@link #UNKNOWN} until asked for; threads may find it out at once. */
  private long startedAt = UNKNOWN;

  /** Wraps what was read back from a store. */
  public SealedRecord(MonthId month, byte[] key, byte[] row) {
    if (key.length != RecordKey.BYTES) {
      throw new BrokenRow("key has " + key.length + " bytes, expected " + RecordKey.BYTES);
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

  public UUID id() {
    return RecordKey.id(key, 0);
  }

  /** When it started, microseconds since the epoch, UTC. */
  public long startedAtMicros() {
    long at = startedAt;
    if (at == UNKNOWN) {
      at = RecordKey.millis(key, 0) * 1000 + reader().subMillis();
      startedAt = at;
    }
    return at;
  }

  /** A new cursor over the row. */
  public RowReader reader() {
    return new RowReader().over(row, 0, row.length);
  }
}
