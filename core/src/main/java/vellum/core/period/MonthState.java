package vellum.core.period;

import vellum.core.record.Bytes;

/**
 * Up to where the journal is applied to a month, and what that made. Written in every batch, so
 * that rows, counts and position are always of one moment.
 *
 * <pre>
 *    0  i64  journal sequence applied
 *    8  i64  records
 *   16  i64  messages that changed a record that was there
 *   24  i64  duplicates: same version, same content
 *   32  i64  stale: older version
 *   40  i64  conflicts: same version, other content; in suspense
 *   48
 * </pre>
 *
 * @param position journal sequence; messages up to it are in the month
 */
public record MonthState(
    long position, long records, long updates, long duplicates, long stale, long conflicts) {

  static final int BYTES = 6 * Long.BYTES;

  /** A month without records. */
  static final MonthState EMPTY = new MonthState(0, 0, 0, 0, 0, 0);

  /**
   * The state of an archive that is being made: what it was made from, without a position, since it
   * takes no messages yet. {@code records} counts its rows.
   */
  public static MonthState ofRows(long records) {
    return new MonthState(0, records, 0, 0, 0, 0);
  }

  static MonthState decode(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalStateException(
          "state of a month has " + bytes.length + " bytes, expected " + BYTES);
    }
    return new MonthState(
        Bytes.getLong(bytes, 0),
        Bytes.getLong(bytes, 8),
        Bytes.getLong(bytes, 16),
        Bytes.getLong(bytes, 24),
        Bytes.getLong(bytes, 32),
        Bytes.getLong(bytes, 40));
  }

  /** As it is stored under {@link MonthTables#stateKey}. */
  public byte[] encode() {
    byte[] bytes = new byte[BYTES];
    Bytes.putLong(bytes, 0, position);
    Bytes.putLong(bytes, 8, records);
    Bytes.putLong(bytes, 16, updates);
    Bytes.putLong(bytes, 24, duplicates);
    Bytes.putLong(bytes, 32, stale);
    Bytes.putLong(bytes, 40, conflicts);
    return bytes;
  }

  /** The same counts at another position. */
  public MonthState at(long other) {
    return new MonthState(other, records, updates, duplicates, stale, conflicts);
  }

  /** This state with the changes of another added, at the other's position. */
  public MonthState plus(MonthState change) {
    return new MonthState(
        change.position,
        records + change.records,
        updates + change.updates,
        duplicates + change.duplicates,
        stale + change.stale,
        conflicts + change.conflicts);
  }
}
