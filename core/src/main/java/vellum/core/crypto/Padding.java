package vellum.core.crypto;

import vellum.core.record.IdentityClass;

/**
 * How a plain text is made longer before it is sealed, so that its sealed length tells little of
 * it: one byte 0x80, then zeros, to a multiple of 16 for identities and to 64, 256 or 1,024 for
 * free text and content. There is always at least the one byte, so the way back is unambiguous.
 */
final class Padding {

  /** Longest padded text. */
  static final int MAX_PADDED_BYTES = 1024;

  private Padding() {}

  static int paddedLength(IdentityClass c, int plainLength) {
    if (plainLength < 0 || plainLength > MonthCipher.MAX_PLAIN_BYTES) {
      throw new IllegalArgumentException(
          "plain text must have 0 to " + MonthCipher.MAX_PLAIN_BYTES + " bytes: " + plainLength);
    }
    return switch (c) {
      case TEL, MAIL, IMSI, OTHER -> (plainLength + AesBlocks.BYTES) & -AesBlocks.BYTES;
      case TEXT, CONTENT -> plainLength < 64 ? 64 : plainLength < 256 ? 256 : MAX_PADDED_BYTES;
    };
  }

  /** Whether a text of this length may be a padded one. */
  static boolean isPaddedLength(IdentityClass c, int length) {
    return switch (c) {
      case TEL, MAIL, IMSI, OTHER ->
          length >= AesBlocks.BYTES
              && length <= paddedLength(c, MonthCipher.MAX_PLAIN_BYTES)
              && length % AesBlocks.BYTES == 0;
      case TEXT, CONTENT -> length == 64 || length == 256 || length == MAX_PADDED_BYTES;
    };
  }

  /** Pads the first {@code length} bytes to {@code padded} bytes. */
  static void pad(byte[] text, int length, int padded) {
    text[length] = (byte) 0x80;
    for (int i = length + 1; i < padded; i++) {
      text[i] = 0;
    }
  }

  /** Length of the text in the first {@code padded} bytes, or -1 when they were never padded. */
  static int unpaddedLength(byte[] text, int padded) {
    int at = padded - 1;
    while (at >= 0 && text[at] == 0) {
      at--;
    }
    return at >= 0 && text[at] == (byte) 0x80 ? at : -1;
  }
}
