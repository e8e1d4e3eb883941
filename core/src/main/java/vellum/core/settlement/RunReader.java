package vellum.core.settlement;

import vellum.core.apply.RowChange;
import vellum.core.billing.RunName;
import vellum.core.record.AspectKind;
import vellum.core.record.Wire;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;
import vellum.v1.Rating;

/** Tells by which run of re-rating a message's rating was made. For the applier's thread. */
final class RunReader {

  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;

  private final RowReader message = new RowReader();
  private final Wire wire = new Wire();

  /** Number of the run, or {@link RunName#NONE}. */
  long runOf(RowChange change) {
    change.read(message);
    while (message.next()) {
      if (message.kind() == AspectKind.RATING) {
        return runOfRating();
      }
    }
    return RunName.NONE;
  }

  private long runOfRating() {
    wire.over(message.bytes(), message.fieldsOffset(), message.fieldsLength());
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int type = tag & TYPE_MASK;
      if (type == RowFormat.BYTES || type == RowFormat.SEALED) {
        int length = wire.readLength();
        if (tag >>> TYPE_BITS == Rating.RATE_PLAN_VERSION_FIELD_NUMBER) {
          return RunName.number(wire.bytes(), wire.position(), length);
        }
        wire.skip(length);
      } else {
        wire.readVarint();
      }
    }
    return RunName.NONE;
  }
}
