package vellum.core.seal;

/**
 * The row of a sealed record: what the journal carries behind the key and what the live month
 * stores under it. Number of the format: 1.
 *
 * <pre>
 *   u8      format = 1
 *   varint  microseconds of started_at within its millisecond (0 to 999); the id has the rest
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
 * equal contents have equal bytes; three types are our own, for which the schema has no use:
 *
 * <pre>
 *   0  varint
 *   2  length, bytes: text or message
 *   5  content, kept apart from the record: varint, day on which it goes, since 1970-01-01
 *   6  sealed: length, u8 identity class, seal
 *   7  time: zigzag varint, microseconds after started_at
 * </pre>
 *
 * <p>Two kinds of rows have less: that of an event of the usage log has the channel 0 and one
 * aspect, {@link vellum.core.record.AspectKind#USAGE}; that of a record's content, in the period of
 * its day, has the record's header, and of its aspects nothing but what is sealed there.
 */
final class RowFormat {

  static final int FORMAT = 1;

  static final int VARINT = 0;
  static final int BYTES = 2;
  static final int CONTENT = 5;
  static final int SEALED = 6;
  static final int TIME = 7;

  /** Number of {@code value} in an identifier. */
  static final int IDENTIFIER_KIND = 1;

  static final int IDENTIFIER_VALUE = 2;

  private RowFormat() {}

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
