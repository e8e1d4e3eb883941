package vellum.core.billing;

import vellum.core.record.Bytes;
import vellum.core.seal.BrokenRow;
import vellum.core.seal.RowFormat;

/**
 * A cursor over the fields of an aspect of a row, as {@link RowFormat} lays them out, made for
 * reading the few that count from very many rows: numbers are decoded eight bytes at a time,
 * without a branch for each byte. Not thread-safe; reused.
 */
final class Fields {

  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;

  /** The types of fields that are numbers, as bits. */
  private static final int NUMBERS =
      1 << RowFormat.VARINT | 1 << RowFormat.ZONE | 1 << RowFormat.TIME | 1 << RowFormat.CONTENT;

  private static final long MORE = 0x8080_8080_8080_8080L;

  private byte[] bytes = new byte[0];
  private int end;

  /** Where the next field starts. */
  private int next;

  private int number;
  private long value;
  private int position;
  private int length;

  void over(byte[] row, int from, int to) {
    bytes = row;
    next = from;
    end = to;
  }

  /**
   * Moves to the next field; false when there is none up to a number.
   *
   * @throws BrokenRow when it does not end where the aspect does, or before
   */
  boolean next(int last) {
    if (next >= end) {
      return false;
    }
    int tag = bytes[next];
    if (tag >= 0) {
      next++;
    } else {
      tag = (int) readNumber();
    }
    number = tag >>> TYPE_BITS;
    if (number > last) {
      return false;
    }
    if ((NUMBERS >>> (tag & TYPE_MASK) & 1) != 0) {
      value = readNumber();
    } else {
      long announced = bytesLeft() > 0 && bytes[next] >= 0 ? bytes[next++] : readNumber();
      if (announced < 0 || announced > bytesLeft()) {
        throw new BrokenRow("row ends in a text");
      }
      position = next;
      length = (int) announced;
      next += length;
    }
    return true;
  }

  private int bytesLeft() {
    return end - next;
  }

  private long readNumber() {
    if (next <= bytes.length - Long.BYTES) {
      long word = Long.reverseBytes(Bytes.getLong(bytes, next));
      long stop = ~word & MORE;
      if (stop != 0) {
        next += (Long.numberOfTrailingZeros(stop) >>> 3) + 1;
        if (next > end) {
          throw new BrokenRow("row ends in a number");
        }
        return compress(word & (stop ^ stop - 1));
      }
    }
    return readLongNumber();
  }

  /** Puts eight groups of seven bits together. */
  private static long compress(long groups) {
    long two = (groups & 0x7F00_7F00_7F00_7F00L) >>> 1 | groups & 0x007F_007F_007F_007FL;
    long four = (two & 0x3FFF_0000_3FFF_0000L) >>> 2 | two & 0x0000_3FFF_0000_3FFFL;
    return (four & 0x0FFF_FFFF_0000_0000L) >>> 4 | four & 0x0000_0000_0FFF_FFFFL;
  }

  private long readLongNumber() {
    long read = 0;
    for (int shift = 0; shift < Long.SIZE && next < end; shift += 7) {
      int one = bytes[next++];
      read |= (long) (one & 0x7F) << shift;
      if (one >= 0) {
        return read;
      }
    }
    throw new BrokenRow("row ends in a number");
  }

  /** Number of the field. */
  int number() {
    return number;
  }

  /** Value of a field that is a number. */
  long value() {
    return value;
  }

  /** Where the bytes of a text start. */
  int position() {
    return position;
  }

  /** Bytes of a text. */
  int length() {
    return length;
  }

  /** The network that a text is. */
  int network() {
    return Plmn.of(bytes, position, length);
  }

  /** The up to four letters of a text, the first one high. */
  int code() {
    int code = 0;
    for (int i = 0; i < length; i++) {
      code = code << 8 | bytes[position + i];
    }
    return code;
  }
}
