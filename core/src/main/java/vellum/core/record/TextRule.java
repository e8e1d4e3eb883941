package vellum.core.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import vellum.v1.RejectionCode;

/**
 * What a valid text looks like, checked on its bytes: no object is made for a text that passes.
 * Rules are those of {@link vellum.v1.Check}.
 */
public final class TextRule {

  private static final int LETTERS = 26;
  private static final boolean[] COUNTRIES = new boolean[LETTERS * LETTERS];
  private static final boolean[] CURRENCIES = new boolean[LETTERS * LETTERS * LETTERS];

  /** Codes of ISO 4217 that are no money. */
  private static final Set<String> NO_MONEY = Set.of("XXX", "XTS");

  /** What a byte of a text is, for what most texts are: printable ASCII and few digits. */
  private static final byte[] SEEN = new byte[256];

  private static final int CONTROL = 1;
  private static final int NOT_ASCII = 2;
  private static final int MARK = 4;
  private static final int DIGIT = 8;
  private static final int COUNT_SHIFT = 3;

  private static final int MIN_NUMBER_DIGITS = 7;
  private static final int MAX_NUMBER_DIGITS = 15;

  static {
    for (int i = 0; i < SEEN.length; i++) {
      boolean digit = i >= '0' && i <= '9';
      int seen = i < ' ' || i == 0x7F ? CONTROL : i >= 0x80 ? NOT_ASCII : digit ? DIGIT : 0;
      SEEN[i] = (byte) (i == '@' || i == '+' ? MARK : seen);
    }
    for (String country : Locale.getISOCountries()) {
      COUNTRIES[code(country.getBytes(StandardCharsets.US_ASCII), 0, 2)] = true;
    }
    // Kosovo: user-assigned in ISO 3166-1, in general use, and has numbers of its own (+383).
    COUNTRIES[code(new byte[] {'X', 'K'}, 0, 2)] = true;
    for (Currency currency : Currency.getAvailableCurrencies()) {
      CURRENCIES[code(currency.getCurrencyCode().getBytes(StandardCharsets.US_ASCII), 0, 3)] = true;
    }
  }

  private TextRule() {}

  /** Checks a text against a field's bound and rule. */
  public static void check(Field field, byte[] bytes, int offset, int length) {
    checkLength(field, length);
    switch (field.check()) {
      case NAME -> checkName(field, bytes, offset, length);
      case COUNTRY -> require(isCountry(bytes, offset, length), RejectionCode.BAD_COUNTRY, field);
      case CURRENCY ->
          require(isCurrency(bytes, offset, length), RejectionCode.UNKNOWN_CURRENCY, field);
      case MCC_MNC ->
          require(isDigits(bytes, offset, length, 5, 6), RejectionCode.BAD_MCC_MNC, field);
      case PERIOD -> require(isPeriod(bytes, offset, length), RejectionCode.BAD_PERIOD, field);
      case DOMAIN -> require(isDomain(bytes, offset, length), RejectionCode.BAD_TEXT, field);
      default -> checkPlain(field.name(), bytes, offset, length);
    }
  }

  /** Valid UTF-8 without control characters. */
  public static void checkPlain(String field, byte[] bytes, int offset, int length) {
    int seen = 0;
    for (int i = offset; i < offset + length; i++) {
      seen |= SEEN[bytes[i] & 0xFF];
    }
    if ((seen & (CONTROL | NOT_ASCII)) != 0) {
      checkStrange(field, bytes, offset, length, seen);
    }
  }

  private static void checkStrange(String field, byte[] bytes, int offset, int length, int seen) {
    if ((seen & CONTROL) != 0
        || decode(field, bytes, offset, length).chars().anyMatch(Character::isISOControl)) {
      throw new BadRecord(RejectionCode.BAD_TEXT, field + " has a control character");
    }
  }

  private static void checkName(Field field, byte[] bytes, int offset, int length) {
    int seen = 0;
    int digits = 0;
    for (int i = offset; i < offset + length; i++) {
      int next = SEEN[bytes[i] & 0xFF];
      seen |= next;
      digits += next >>> COUNT_SHIFT;
    }
    if ((seen & (CONTROL | NOT_ASCII)) != 0) {
      checkStrange(field.name(), bytes, offset, length, seen);
    }
    boolean mayHoldIdentity = (seen & (MARK | NOT_ASCII)) != 0 || digits >= ClearText.LEAST_DIGITS;
    if (mayHoldIdentity && ClearText.holdsIdentity(bytes, offset, length)) {
      throw new BadRecord(
          RejectionCode.IDENTITY_IN_CLEAR_FIELD,
          field.name() + " holds an e-mail address or a telephone number");
    }
  }

  /** Only digits, of which there are {@code min} to {@code max}. */
  public static boolean isDigits(byte[] bytes, int offset, int length, int min, int max) {
    if (length < min || length > max) {
      return false;
    }
    for (int i = offset; i < offset + length; i++) {
      if (!isDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** Digits of an E.164 number: 7 to 15, the first not zero (ITU-T E.164 section 6). */
  public static boolean isE164Digits(byte[] bytes, int offset, int length) {
    return isDigits(bytes, offset, length, MIN_NUMBER_DIGITS, MAX_NUMBER_DIGITS)
        && bytes[offset] != '0';
  }

  static boolean isDigit(byte next) {
    return next >= '0' && next <= '9';
  }

  /** ISO 3166-1 alpha-2, upper case. */
  public static boolean isCountry(byte[] bytes, int offset, int length) {
    return length == 2 && isUpper(bytes, offset, 2) && COUNTRIES[code(bytes, offset, 2)];
  }

  /** ISO 4217, upper case. */
  public static boolean isCurrency(byte[] bytes, int offset, int length) {
    return length == 3 && isUpper(bytes, offset, 3) && CURRENCIES[code(bytes, offset, 3)];
  }

  /** The same of a text. */
  public static boolean isCurrency(String code) {
    byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
    return isCurrency(bytes, 0, bytes.length);
  }

  /** The same, and it is money: amounts can be in it. */
  public static boolean isMoney(String code) {
    return isCurrency(code) && !NO_MONEY.contains(code);
  }

  private static boolean isPeriod(byte[] bytes, int offset, int length) {
    if (length != 7 || bytes[offset + 4] != '-' || !isDigits(bytes, offset, 4, 4, 4)) {
      return false;
    }
    int month = (bytes[offset + 5] - '0') * 10 + bytes[offset + 6] - '0';
    return isDigits(bytes, offset + 5, 2, 2, 2) && month >= 1 && month <= 12;
  }

  private static boolean isDomain(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte next = bytes[i];
      boolean letter = next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z';
      if (!letter && !isDigit(next) && next != '-' && next != '.' && next != '_') {
        return false;
      }
    }
    return length > 0;
  }

  private static boolean isUpper(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 'A' || bytes[i] > 'Z') {
        return false;
      }
    }
    return true;
  }

  private static int code(byte[] bytes, int offset, int length) {
    int code = 0;
    for (int i = offset; i < offset + length; i++) {
      code = code * LETTERS + bytes[i] - 'A';
    }
    return code;
  }

  /** Checks a text that is sealed whatever it says: its bound, and that it is UTF-8. */
  public static void checkSealed(Field field, byte[] bytes, int offset, int length) {
    checkLength(field, length);
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0) {
        decode(field.name(), bytes, offset, length);
        return;
      }
    }
  }

  private static void checkLength(Field field, int length) {
    if (field.max() > 0 && length > field.max()) {
      throw new BadRecord(
          RejectionCode.TEXT_TOO_LONG, field.name() + " has more than " + field.max() + " bytes");
    }
  }

  private static CharSequence decode(String field, byte[] bytes, int offset, int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
    } catch (CharacterCodingException e) {
      throw new BadRecord(RejectionCode.BAD_TEXT, field + " is not UTF-8");
    }
  }

  private static void require(boolean valid, RejectionCode code, Field field) {
    if (!valid) {
      throw new BadRecord(code, field.name() + " is not " + expectation(code));
    }
  }

  private static String expectation(RejectionCode code) {
    return switch (code) {
      case BAD_COUNTRY -> "an ISO 3166-1 alpha-2 code";
      case UNKNOWN_CURRENCY -> "an ISO 4217 code";
      case BAD_MCC_MNC -> "five or six digits";
      case BAD_PERIOD -> "a month like 2026-11";
      default -> "a domain name";
    };
  }
}
