package vellum.core.journal;

/**
 * Reads the rejections that a {@link vellum.core.seal.SealedBatch} body lists behind its months.
 * All that the journal knows of a body. No state; thread-safe.
 */
final class BodyRejections {

  private static final int FIRST_FORMAT = 1;
  private static final int LAST_FORMAT = 4;
  private static final int FIRST_WITH_MANY_MONTHS = 4;
  private static final int[] NONE = {};
  private static final int MAX_VARINT_BITS = 28;

  private final byte[] body;
  private final int end;
  private int at;

  private BodyRejections(byte[] body, int offset, int length) {
    this.body = body;
    this.at = offset;
    this.end = offset + length;
  }

  /**
   * Offset and code of each rejection, in turn.
   *
   * @throws IllegalArgumentException when it is no body of a sealed batch
   */
  static int[] of(byte[] body, int offset, int length) {
    return new BodyRejections(body, offset, length).read();
  }

  private int[] read() {
    int format = u8();
    if (format < FIRST_FORMAT || format > LAST_FORMAT) {
      throw new IllegalArgumentException(
          "body of format " + format + ", not " + FIRST_FORMAT + " to " + LAST_FORMAT);
    }
    int months = format < FIRST_WITH_MANY_MONTHS ? u8() : varint();
    for (int i = 0; i < months; i++) {
      int nameLength = u8();
      at += nameLength;
    }
    int count = varint();
    if (count == 0) {
      return NONE;
    }
    if (count > (end - at) / 2) {
      throw new IllegalArgumentException("body too short for its rejections: " + count);
    }
    int[] pairs = new int[2 * count];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = varint();
    }
    return pairs;
  }

  private int u8() {
    if (at >= end) {
      throw new IllegalArgumentException("body ends before its entries");
    }
    return body[at++] & 0xFF;
  }

  private int varint() {
    int value = 0;
    for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
      int b = u8();
      value |= (b & 0x7F) << shift;
      if (b < 0x80) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw new IllegalArgumentException("number of a body above " + Integer.MAX_VALUE);
  }
}
