package vellum.core.seal;

import vellum.core.record.IdentityClass;

/**
 * The form in which an identity is shown to people who may not read it: enough to recognise what
 * one knows already, and at least four characters less than what it hides. A mask is enumerable by
 * who can ask often; look-ups by subject are for that reason limited where they are served.
 */
public final class Mask {

  private static final int KEPT_AHEAD = 5;
  private static final int KEPT_BEHIND = 2;
  private static final int LEAST_HIDDEN = 4;

  private Mask() {}

  /** {@code +49170*****67}, {@code j***@e***.com}, {@code ***}. */
  public static String of(IdentityClass identityClass, String text) {
    return switch (identityClass) {
      case TEL -> text.startsWith("+") ? "+" + digits(text.substring(1)) : "***";
      case IMSI -> digits(text);
      case MAIL -> mail(text);
      case OTHER, TEXT, CONTENT -> "***";
    };
  }

  private static String digits(String digits) {
    int hidden = Math.max(LEAST_HIDDEN, digits.length() - KEPT_AHEAD - KEPT_BEHIND);
    int behind = Math.max(0, Math.min(KEPT_BEHIND, digits.length() - hidden));
    int ahead = Math.max(0, digits.length() - hidden - behind);
    return digits.substring(0, ahead)
        + "*".repeat(digits.length() - ahead - behind)
        + digits.substring(digits.length() - behind);
  }

  private static String mail(String address) {
    int at = address.lastIndexOf('@');
    int dot = address.lastIndexOf('.');
    String top = dot > at + 1 ? address.substring(dot) : "";
    return first(address, 0, at) + "***@" + first(address, at + 1, address.length()) + "***" + top;
  }

  private static String first(String text, int from, int to) {
    return to - from > 1 ? text.substring(from, text.offsetByCodePoints(from, 1)) : "";
  }
}
