package vellum.core.seal;

import vellum.v1.Leg;

/**
 * The row of a record: what the journal carries behind the key and what a month stores under it.
 * Three formats share their frame: sealed rows, stripped ones, and sealed ones parts of which are
 * erased.
 *
 * <pre>
 *   u8      format: 1 sealed, 2 stripped, 3 erased
 *   varint  3 only: mask of {@link ErasedParts}, of which the row has nothing sealed
 *   varint  lowest 10 bits, 1 and 3: microseconds of started_at within its millisecond (0 to 999); the id
 *             has the rest. 2: 0
 *           above them, zigzag: offset of the account's billing zone from UTC at that time, in
 *             quarters of an hour
 *   u8      channel
 *   u8      length of the account, then the account (UTF-8)
 *   2       country of law as the message gave it (ASCII), or zeros
 *   aspects, in order of their ids, legs in order of their numbers:
 *     u8      id of the aspect
 *     u8      number of the leg; only for legs
 *     varint  version
 *     varint  length of the fields
 *     fields: varint (number &lt;&lt; 3 | type), value
 * </pre>
 *
 * Fields have Protobuf's encoding and numbers, in ascending order and without defaults, so that
 * equal contents have equal bytes; four types are our own, for which the schema has no use:
 *
 * <pre>
 *   0  varint
 *   1  zone: zigzag varint, offset of a supplier's zone from UTC at started_at in quarters of an
 *        hour; first field of a leg, with the number of the supplier that stands next; absent when
 *        it is 0
 *   2  length, bytes: text or message
 *   5  content, kept apart from the record: varint, day on which it goes, since 1970-01-01
 *   6  sealed: length, u8 identity class, seal
 *   7  time: zigzag varint
 *        1 and 3: microseconds after started_at
 *        2: seconds after the second of started_at
 * </pre>
 *
 * A stripped row has no sealed field, no identifier without a value, and no message in which
 * nothing is left.
 *
 * <p>An erased row has of its erased parties what is in clear, and no party that has nothing left.
 * Whatever comes for its record later is brought into the same form before it is merged.
 *
 * <p>Offsets are those of the terms that the registry had when a message was sealed. That of the
 * account is the first message's, whatever later ones say; each version of a leg brings its own.
 * They say in which day a record is billed and a leg is settled and are no content: messages that
 * differ in nothing else are the same. Rows from before there were offsets have none, which is UTC.
 *
 * <p>Two kinds of rows have less: that of an event of the usage log has the channel 0 and one
 * aspect, {@link vellum.core.record.AspectKind#USAGE}; that of a record's content, in the period of
 * its day, has the record's header, and of its aspects nothing but what is sealed there.
 */
public final class RowFormat {

  /** Number of the format of sealed rows. */
  public static final int FORMAT = 1;

  /** Number of the format of stripped rows. */
  public static final int STRIPPED = 2;

  /** Number of the format of sealed rows parts of which are erased. */
  public static final int ERASED = 3;

  public static final int VARINT = 0;
  public static final int ZONE = 1;
  public static final int BYTES = 2;
  public static final int CONTENT = 5;
  public static final int SEALED = 6;
  public static final int TIME = 7;

  /** Number of {@code value} in an identifier. */
  static final int IDENTIFIER_KIND = 1;

  static final int IDENTIFIER_VALUE = 2;

  /** Tag of the zone of a leg's supplier: one byte, below every other of a leg. */
  static final int LEG_ZONE_TAG = Leg.SUPPLIER_FIELD_NUMBER << 3 | ZONE;

  /** Bits of the microseconds in the first number of a row; the zone's offset is above them. */
  static final int MICROS_BITS = 10;

  static final int MICROS_MASK = (1 << MICROS_BITS) - 1;

  private RowFormat() {}

  /** The zone's offset in the first number of a row, in quarters of an hour. */
  static int zoneQuarters(long within) {
    int zigzag = (int) (within >>> MICROS_BITS);
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  /**
   * The first number of a row.
   *
   * @param micros 0 to 999
   * @param zoneQuarters -72 to 72
   */
  public static long within(int micros, int zoneQuarters) {
    return (long) (zoneQuarters << 1 ^ zoneQuarters >> 31) << MICROS_BITS | micros;
  }

  /**
   * The number of a sealed field in the associated data of its seal.
   *
   * <pre>
   *   3 bits aspect | 6 bits field of the aspect | 7 bits field of the message within it, or 0
   * </pre>
   */
  static int sealPath(int aspect, int parent, int field) {
    return aspect << 13 | parent << 7 | field;
  }

  /** The aspect in a path. */
  static int aspect(int path) {
    return path >>> 13;
  }

  /** The field of the aspect in a path. */
  static int parent(int path) {
    return path >>> 7 & 0x3F;
  }
}
