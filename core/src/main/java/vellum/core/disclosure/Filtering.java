package vellum.core.disclosure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * Copies records without what may not be disclosed, in their Protobuf encoding. What the schema
 * does not know is refused. Not thread-safe.
 */
final class Filtering {

  private final ClassFilter filter;
  private final Wire wire = new Wire();
  private final Output out = new Output(4096);

  Filtering(ClassFilter filter) {
    this.filter = filter;
  }

  /**
   * A copy of a record.
   *
   * @return valid until this is used again
   * @throws IllegalArgumentException when it has a field that the schema does not know
   */
  Output of(byte[] record, int offset, int length) {
    out.clear();
    wire.over(record, offset, length);
    fields(MessageShape.DETAIL_RECORD);
    return out;
  }

  private void fields(MessageShape shape) {
    while (wire.hasMore()) {
      int from = wire.position();
      long tag = wire.readVarint();
      Field field = shape.tagged(tag);
      if (field == null) {
        throw new IllegalArgumentException(shape.name() + " has a field the schema does not know");
      }
      @Nullable MessageShape inner = field.message();
      boolean passes = filter.passes(field.privacy(), inner != null);
      if (field.kind().wireType() == 0) {
        wire.readVarint();
      } else if (inner == null || !passes) {
        wire.skip(wire.readLength());
      } else {
        message(tag, inner);
        continue;
      }
      if (passes) {
        out.write(wire.bytes(), from, wire.position() - from);
      }
    }
  }

  /** A message of which nothing is left is left out, unless there was nothing in it. */
  private void message(long tag, MessageShape inner) {
    int before = out.size();
    int length = wire.readLength();
    out.writeVarint(tag);
    int start = out.reserve(1);
    int outer = wire.narrow(length);
    fields(Objects.requireNonNull(inner));
    wire.widen(outer);
    if (out.size() == start + 1 && length > 0) {
      out.truncate(before);
    } else {
      out.closeLength(start);
    }
  }
}
