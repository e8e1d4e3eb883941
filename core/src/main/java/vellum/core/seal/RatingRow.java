package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import vellum.core.record.AspectKind;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.v1.Rating;

/**
 * The row of a message that brings nothing but another price of a record: header and rating are
 * those of the row that is stored, sealed or stripped, but for the four fields that a {@link
 * NewRating} gives. So it is of the same format, of the same day, and has no identity: a rating has
 * none. Not thread-safe; reused from row to row.
 */
final class RatingRow {

  private static final long MICROS = 1_000_000;
  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;

  /** Fields that a new price replaces, ascending. */
  private static final int[] REPLACED = {
    Rating.SALE_PRICE_NANOS_FIELD_NUMBER,
    Rating.CURRENCY_FIELD_NUMBER,
    Rating.RATE_PLAN_VERSION_FIELD_NUMBER,
    Rating.RATED_AT_FIELD_NUMBER
  };

  private final RowReader row = new RowReader();
  private final Wire wire = new Wire();
  private final Output out = new Output(256);
  private int next;

  /**
   * Writes the row.
   *
   * @param startedAtMicros of the record; of a stripped one cut to the second
   * @throws IllegalArgumentException when the row has no rating, or its version is not below the
   *     new one
   */
  Output of(byte[] stored, long startedAtMicros, NewRating rating) {
    row.over(stored, 0, stored.length);
    out.clear();
    out.write(stored, 0, row.aspectsOffset());
    toRating();
    if (rating.version() <= row.version()) {
      throw new IllegalArgumentException(
          "version " + rating.version() + " is not above the rating's " + row.version());
    }
    out.writeByte(AspectKind.RATING.id());
    out.writeVarint(rating.version());
    int start = out.reserve(1);
    fields(startedAtMicros, rating);
    out.closeLength(start);
    return out;
  }

  private void toRating() {
    while (row.next()) {
      if (row.kind() == AspectKind.RATING) {
        return;
      }
    }
    throw new IllegalArgumentException("the record has no rating");
  }

  private void fields(long startedAtMicros, NewRating rating) {
    next = 0;
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    while (wire.hasMore()) {
      int from = wire.position();
      int tag = (int) wire.readVarint();
      if ((tag & TYPE_MASK) == RowFormat.BYTES) {
        wire.skip(wire.readLength());
      } else {
        wire.readVarint();
      }
      int number = tag >>> TYPE_BITS;
      putUpTo(number, startedAtMicros, rating);
      if (!isReplaced(number)) {
        out.write(wire.bytes(), from, wire.position() - from);
      }
    }
    putUpTo(Integer.MAX_VALUE, startedAtMicros, rating);
  }

  private static boolean isReplaced(int number) {
    for (int replaced : REPLACED) {
      if (number == replaced) {
        return true;
      }
    }
    return false;
  }

  /** Writes the new fields whose numbers come before or with a number. */
  private void putUpTo(int number, long startedAtMicros, NewRating rating) {
    while (next < REPLACED.length && REPLACED[next] <= number) {
      put(REPLACED[next++], startedAtMicros, rating);
    }
  }

  private void put(int number, long startedAtMicros, NewRating rating) {
    switch (number) {
      case Rating.SALE_PRICE_NANOS_FIELD_NUMBER -> {
        // Canonical rows leave defaults out.
        if (rating.salePriceNanos() != 0) {
          tag(number, RowFormat.VARINT);
          out.writeVarint(rating.salePriceNanos());
        }
      }
      case Rating.CURRENCY_FIELD_NUMBER -> text(number, rating.currency());
      case Rating.RATE_PLAN_VERSION_FIELD_NUMBER -> text(number, rating.ratePlanVersion());
      default -> {
        tag(number, RowFormat.TIME);
        out.writeZigzag(
            row.format() == RowFormat.STRIPPED
                ? Math.floorDiv(rating.ratedAtMicros(), MICROS)
                    - Math.floorDiv(startedAtMicros, MICROS)
                : rating.ratedAtMicros() - startedAtMicros);
      }
    }
  }

  private void text(int number, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    tag(number, RowFormat.BYTES);
    out.writeVarint(bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  private void tag(int number, int type) {
    out.writeVarint((long) number << TYPE_BITS | type);
  }
}
