package vellum.core.seal;

import vellum.core.record.BadRecord;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.Wire;
import vellum.v1.RejectionCode;

/**
 * The step from one field of a message to the next, by the schema's allowlist: a field that the
 * schema does not know is refused, and fields must come in ascending order, which is the canonical
 * one.
 */
final class AllowedField {

  private AllowedField() {}

  /**
   * The next field.
   *
   * @param last number of the field before it, 0 at the start
   */
  static Field next(Wire wire, MessageShape shape, int last) {
    long tag = wire.readVarint();
    Field field = shape.tagged(tag);
    if (field == null) {
      throw refused(shape, tag);
    }
    if (field.number() < last || field.number() == last && !field.repeated()) {
      throw new NotCanonical();
    }
    return field;
  }

  private static BadRecord refused(MessageShape shape, long tag) {
    Field field = tag < 8 || tag > 1 << 20 ? null : shape.field((int) (tag >>> 3));
    return field == null
        ? new BadRecord(
            RejectionCode.UNKNOWN_FIELD, shape.name() + " has a field the schema does not know")
        : new BadRecord(
            RejectionCode.MALFORMED_RECORD, field.name() + " has a wrong Protobuf wire type");
  }

  /**
   * The bytes are a valid message, but not in the one order and form that makes equal contents
   * equal bytes; rare, so parsed and written anew by the caller.
   */
  static final class NotCanonical extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotCanonical() {
      super("not in canonical form", null, false, false);
    }
  }
}
