package vellum.core.record;

import vellum.v1.RejectionCode;

/**
 * What a message says of how long its content is kept: {@code none}, or days such as {@code P30D}
 * (ISO 8601) or {@code 30d}, in either case of letters. Stateless.
 */
public final class ContentPolicy {

  /** Most days that content may be kept: ten years. */
  public static final int MAX_DAYS = 3_653;

  private static final int MAX_DIGITS = 4;

  private ContentPolicy() {}

  /**
   * Days that content is kept, 0 for none.
   *
   * @throws BadRecord when the text is neither (BAD_CONTENT_POLICY)
   */
  public static int days(byte[] text, int offset, int length) {
    if (is(text, offset, length, "none")) {
      return 0;
    }
    int from = length > 0 && (text[offset] | 0x20) == 'p' ? 1 : 0;
    int digits = length - from - 1;
    if (digits < 1 || digits > MAX_DIGITS || (text[offset + length - 1] | 0x20) != 'd') {
      throw bad();
    }
    int days = 0;
    for (int i = offset + from; i < offset + from + digits; i++) {
      if (!TextRule.isDigit(text[i])) {
        throw bad();
      }
      days = days * 10 + text[i] - '0';
    }
    if (days > MAX_DAYS) {
      throw bad();
    }
    return days;
  }

  private static boolean is(byte[] text, int offset, int length, String word) {
    if (length != word.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((text[offset + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static BadRecord bad() {
    return new BadRecord(
        RejectionCode.BAD_CONTENT_POLICY,
        "content_policy is neither none nor days such as P30D or 30d, at most " + MAX_DAYS);
  }
}
