package vellum.core.seal;

import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * Brings fields of a message into its row. Most stand in both with the same bytes: those that
 * follow each other are copied in one piece, at the first that the row has in another form. Not
 * thread-safe; reused from record to record.
 */
final class FieldCopy {

  private static final int NONE = -1;
  private static final int LONGEST_VARINT = 10;

  private final Wire wire;
  private final Output row;
  private int start = NONE;
  private int tagAt;
  private int valueAt;

  FieldCopy(Wire wire, Output row) {
    this.wire = wire;
    this.row = row;
  }

  /** Starts a record. */
  void clear() {
    start = NONE;
  }

  /** Reads the tag of the next field, as {@link AllowedField#next} does. */
  Field next(MessageShape shape, int last) {
    tagAt = wire.position();
    Field field = AllowedField.next(wire, shape, last);
    valueAt = wire.position();
    return field;
  }

  /**
   * The varint field that canonical form puts next, or 0 when it is missing.
   *
   * @param canonical whether the message is in that form for certain
   */
  long leading(int number, boolean canonical) {
    if (!wire.hasMore() || wire.bytes()[wire.position()] != number << 3) {
      if (canonical) {
        return 0;
      }
      throw new AllowedField.NotCanonical();
    }
    wire.skip(1);
    return wire.readVarint();
  }

  /** Copies what came before the field at hand, which stands in the row in another form. */
  void cut() {
    flush(tagAt);
  }

  /** Copies what came last. */
  void end() {
    flush(wire.position());
  }

  private void flush(int end) {
    if (start != NONE) {
      row.write(wire.bytes(), start, end - start);
      start = NONE;
    }
  }

  /** Writes the tag of a field. */
  void tag(Field field, int type) {
    row.writeVarint((long) field.number() << 3 | type);
  }

  /** Brings a number over that was just read, unless it is the default, which rows leave out. */
  void number(Field field, long value) {
    if (value != 0 && isShortest()) {
      take();
      return;
    }
    cut();
    if (value != 0) {
      tag(field, RowFormat.VARINT);
      row.writeVarint(value);
    }
  }

  /**
   * Brings a text over that was just read, and is not empty.
   *
   * @param shortest what {@link #isShortest} said behind its length
   */
  void text(Field field, boolean shortest, int from, int length) {
    if (shortest) {
      take();
      return;
    }
    cut();
    tag(field, RowFormat.BYTES);
    row.writeVarint(length);
    row.write(wire.bytes(), from, length);
  }

  private void take() {
    if (start == NONE) {
      start = tagAt;
    }
  }

  /** Whether tag and number, or length, stand in their shortest form, as rows have them. */
  boolean isShortest() {
    byte[] bytes = wire.bytes();
    int length = wire.position() - valueAt;
    byte last = bytes[wire.position() - 1];
    return bytes[valueAt - 1] != 0
        && (length == 1 || last != 0 && (length < LONGEST_VARINT || last == 1));
  }
}
