package vellum.core.audit;

import vellum.core.record.ClearText;

/** What a text of an entry may be: short, plain, and nobody's number or address. Stateless. */
public final class AuditText {

  /** Longest reason, in characters. */
  public static final int MOST_WHY = 200;

  /** Longest id of a case, in characters. */
  public static final int MOST_CASE = 64;

  /** Longest text of what an entry is about, in characters. */
  static final int MOST_ABOUT = 200;

  private AuditText() {}

  /** Whether a text may stand in an entry. */
  public static boolean isPlain(String text, int most) {
    return text.length() <= most
        && text.codePoints().noneMatch(AuditText::isBad)
        && !holdsIdentity(text);
  }

  /** Whether a text holds what looks like an e-mail address or a telephone number. */
  public static boolean holdsIdentity(String text) {
    return ClearText.proseHoldsIdentity(text);
  }

  /** Control characters, and halves of a pair, which UTF-8 cannot say. */
  private static boolean isBad(int point) {
    return Character.isISOControl(point)
        || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /** The message of a refusal names the field, and never repeats the text. */
  static void require(String field, String text, int least, int most) {
    if (text.length() < least || !isPlain(text, most)) {
      throw new IllegalArgumentException(
          field
              + " of an entry must have "
              + least
              + " to "
              + most
              + " plain characters, and no number or address of a person");
    }
  }
}
