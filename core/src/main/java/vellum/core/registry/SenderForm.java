package vellum.core.registry;

import java.util.regex.Pattern;

/**
 * The canonical forms of senders: what sealing compares with, so that nothing else may be listed.
 */
final class SenderForm {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,6}");
  private static final Pattern ALPHANUMERIC =
      Pattern.compile("(?=.*[A-Za-z])[\\x20-\\x7E&&[^@+]]{1,11}");
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@A-Z\\p{Cntrl}]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,187}[a-z0-9])?");

  private SenderForm() {}

  /** A number, address, alphanumeric id or short code. The message never holds the value. */
  static String sender(String field, String value) {
    if (isNumber(value)
        || SHORT_CODE.matcher(value).matches()
        || ALPHANUMERIC.matcher(value).matches()
        || MAIL.matcher(value).matches()) {
      return value;
    }
    throw new IllegalArgumentException(
        field
            + " must be canonical: + and 7 to 15 digits, a short code of 3 to 6 digits, 1 to 11"
            + " characters with a letter, or an e-mail address in lower case");
  }

  /** A number. The message never holds the value. */
  static String number(String field, String value) {
    if (isNumber(value)) {
      return value;
    }
    throw new IllegalArgumentException(field + " must be canonical: + and 7 to 15 digits");
  }

  private static boolean isNumber(String value) {
    return E164.matcher(value).matches();
  }
}
