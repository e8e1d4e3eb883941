package vellum.core.record;

import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;

/**
 * A text as a JSON string, with the escapes of Protobuf's printer: those of RFC 8259, section 7,
 * and what HTML or a script would read otherwise ({@code < > & = '} and the two separators of
 * lines). Stateless.
 */
final class QuotedText {

  /** Bytes of the longest escape, <code>&#92;u003c</code>. */
  private static final int LONGEST = 6;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What follows the backslash, by byte; 0 where there is none. */
  private static final byte[] ESCAPES = new byte[256];

  /** Stands for the number of the character. */
  private static final byte BY_NUMBER = 'u';

  /** Stands for a byte that only may begin what is escaped: U+2028 and U+2029. */
  private static final byte PERHAPS = 1;

  private static final int SEPARATOR_BYTES = 3;

  static {
    for (int i = 0; i < ' '; i++) {
      ESCAPES[i] = BY_NUMBER;
    }
    for (char one : "<>&='".toCharArray()) {
      ESCAPES[one] = BY_NUMBER;
    }
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
    ESCAPES['\t'] = 't';
    ESCAPES['\b'] = 'b';
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\f'] = 'f';
    ESCAPES[0xE2] = PERHAPS;
  }

  private QuotedText() {}

  /**
   * Writes a text.
   *
   * @throws IllegalArgumentException when it is not UTF-8
   */
  static void write(byte[] text, int offset, int length, Output out) {
    int at = out.reserve(LONGEST * length + 2);
    byte[] to = out.bytes();
    int end = offset + length;
    int seen = 0;
    to[at++] = '"';
    for (int i = offset; i < end; i++) {
      byte one = text[i];
      seen |= one;
      byte escape = ESCAPES[one & 0xFF];
      if (escape == 0) {
        to[at++] = one;
      } else if (escape != PERHAPS) {
        at = escape(to, at, one, escape);
      } else if (isSeparator(text, i, end)) {
        at = number(to, at, 0x2000 | text[i + 2] & 0x3F);
        i += SEPARATOR_BYTES - 1;
      } else {
        to[at++] = one;
      }
    }
    to[at++] = '"';
    out.truncate(at);
    if (seen < 0 && !UnsafeByteOperations.unsafeWrap(text, offset, length).isValidUtf8()) {
      throw new IllegalArgumentException("a text is not UTF-8");
    }
  }

  /** E2 80 A8 and E2 80 A9. */
  private static boolean isSeparator(byte[] text, int at, int end) {
    return end - at >= SEPARATOR_BYTES
        && text[at + 1] == (byte) 0x80
        && (text[at + 2] & 0xFE) == 0xA8;
  }

  private static int escape(byte[] to, int offset, byte one, byte escape) {
    if (escape == BY_NUMBER) {
      return number(to, offset, one);
    }
    to[offset] = '\\';
    to[offset + 1] = escape;
    return offset + 2;
  }

  private static int number(byte[] to, int offset, int character) {
    to[offset] = '\\';
    to[offset + 1] = BY_NUMBER;
    to[offset + 2] = HEX[character >> 12];
    to[offset + 3] = HEX[character >> 8 & 0xF];
    to[offset + 4] = HEX[character >> 4 & 0xF];
    to[offset + 5] = HEX[character & 0xF];
    return offset + LONGEST;
  }
}
