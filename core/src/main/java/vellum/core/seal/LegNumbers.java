package vellum.core.seal;

import vellum.core.record.AspectKind;
import vellum.core.record.BadRecord;
import vellum.core.record.MessageShape;
import vellum.v1.RejectionCode;

/**
 * The numbers of one record's legs: 1 to 255, each once, ascending, and not more than a record may
 * have. Not thread-safe; reused from record to record.
 */
final class LegNumbers {

  private static final int LAST = 255;
  private static final int MOST = MessageShape.DETAIL_RECORD.required(AspectKind.LEG.field()).max();

  private int last;
  private int count;

  /** Starts a record. */
  void begin() {
    last = 0;
    count = 0;
  }

  /** The next leg's number, checked. */
  int next(long number) {
    if (number < 1 || number > LAST || number == last) {
      throw new BadRecord(
          RejectionCode.BAD_LEG, "the number of a leg is not 1 to 255, or stands twice");
    }
    if (number < last) {
      throw new AllowedField.NotCanonical();
    }
    if (++count > MOST) {
      throw new BadRecord(RejectionCode.TOO_MANY, "legs stand more than " + MOST + " times");
    }
    last = (int) number;
    return last;
  }
}
