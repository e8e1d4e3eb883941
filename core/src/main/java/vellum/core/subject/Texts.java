package vellum.core.subject;

import vellum.core.record.ClearText;

/**
 * What people write about a request. A reason goes into the audit trail, which is kept for ever,
 * and holds nobody's number or address. Stateless.
 */
final class Texts {

  /** Longest reason, in characters: as long as the audit trail takes. */
  static final int MOST_REASON = 200;

  /** Longest note about how somebody's identity was checked, in characters. */
  static final int MOST_NOTE = 1_000;

  private Texts() {}

  /**
   * Checks a text.
   *
   * @throws RequestException.BadText naming the field and the bound, never the text
   */
  static String require(String field, String text, int least, int most) {
    plain(field, text, least, most);
    if (ClearText.proseHoldsIdentity(text)) {
      throw new RequestException.BadText(
          field + " must not hold a number or an address of a person");
    }
    return text;
  }

  /** The same of a text that stands in a sealed document only, and may name a person. */
  static void plain(String field, String text, int least, int most) {
    if (text.strip().length() < least
        || text.length() > most
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new RequestException.BadText(
          field + " must have " + least + " to " + most + " plain characters");
    }
  }
}
