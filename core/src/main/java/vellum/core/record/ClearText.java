package vellum.core.record;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The guard of fields that are stored in clear: whether a text holds what looks like an e-mail
 * address or a telephone number. Names, sequence numbers and tokens pass; what is refused:
 *
 * <ul>
 *   <li>any "@";
 *   <li>"+" (also the full-width one) and seven digits, with the separators people write;
 *   <li>a word of 10 to 15 digits and separators alone, or the whole text: a number in national or
 *       bare international spelling. Ten digits are the least, so that days and short counters
 *       pass; more than 15 are no telephone number (ITU-T E.164 section 6).
 * </ul>
 *
 * It is a guard against mistakes, not a proof: a number spelled in words passes.
 */
public final class ClearText {

  private static final int INTERNATIONAL_DIGITS = 7;

  /** Fewer digits are no number, unless a "+" stands before them. */
  static final int LEAST_DIGITS = 10;

  private static final int MOST_DIGITS = 15;

  private static final Pattern NO_NUMBER =
      Pattern.compile("(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{16,})(?![0-9])");
  private static final Pattern RUN = Pattern.compile("[0-9]([ ./()-]*[0-9]){9}");

  private ClearText() {}

  /** Whether a text holds what looks like an address or a number. */
  public static boolean holdsIdentity(byte[] bytes, int offset, int length) {
    int end = offset + length;
    Digits word = new Digits();
    Digits whole = new Digits();
    for (int i = offset; i < end; i++) {
      byte next = bytes[i];
      if (next == '@' || isPlus(bytes, i, end) && isNumber(bytes, i + 1, end)) {
        return true;
      }
      if (next == ' ' && word.isNumber()) {
        return true;
      }
      if (next == ' ') {
        word.clear();
      } else {
        word.take(next);
        whole.take(next);
      }
    }
    return word.isNumber() || whole.isNumber();
  }

  /**
   * The same of prose, such as a reason, where a number may stand between words with spaces in it:
   * any run of ten digits or more, with spaces and separators between them. Days as 2026-11-08 and
   * words of more than 15 digits are no part of a run.
   */
  public static boolean proseHoldsIdentity(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return holdsIdentity(bytes, 0, bytes.length)
        || RUN.matcher(NO_NUMBER.matcher(text).replaceAll("#")).find();
  }

  /** "+", or the last byte of U+FF0B in UTF-8 (EF BC 8B). */
  private static boolean isPlus(byte[] bytes, int at, int end) {
    return bytes[at] == '+'
        || bytes[at] == (byte) 0x8B
            && at >= 2
            && at < end
            && bytes[at - 1] == (byte) 0xBC
            && bytes[at - 2] == (byte) 0xEF;
  }

  /** Whether digits of an international number follow. */
  private static boolean isNumber(byte[] bytes, int from, int end) {
    int digits = 0;
    for (int i = from; i < end && digits < INTERNATIONAL_DIGITS; i++) {
      if (TextRule.isDigit(bytes[i])) {
        digits++;
      } else if (bytes[i] != ' ' && !isSeparator(bytes[i])) {
        break;
      }
    }
    return digits == INTERNATIONAL_DIGITS;
  }

  private static boolean isSeparator(byte next) {
    return next == '-' || next == '.' || next == '/' || next == '(' || next == ')';
  }

  /** Counts digits while nothing but digits and separators comes. */
  private static final class Digits {
    private int digits;
    private boolean other;

    void take(byte next) {
      if (TextRule.isDigit(next)) {
        digits++;
      } else {
        other |= !isSeparator(next);
      }
    }

    boolean isNumber() {
      return !other && digits >= LEAST_DIGITS && digits <= MOST_DIGITS;
    }

    void clear() {
      digits = 0;
      other = false;
    }
  }
}
