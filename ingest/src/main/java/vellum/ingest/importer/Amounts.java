package vellum.ingest.importer;

import java.math.BigDecimal;
import java.util.Locale;
import vellum.core.record.TextRule;

/**
 * Decimal texts as exact whole numbers: money as nanos of a currency unit, seconds as milliseconds.
 * Nothing is rounded: what does not fit exactly is a bad row.
 */
final class Amounts {

  /** Digits of a decimal, so that an exponent cannot make a huge number. */
  private static final int MAX_CHARS = 40;

  private static final int NANO_DIGITS = 9;

  private Amounts() {}

  /** Nanos of a currency unit. */
  static long nanos(BigDecimal amount, String field) {
    return exact(amount, field, NANO_DIGITS);
  }

  /** A decimal of at least zero, times ten to the given power. */
  static long scaled(String text, String field, int digits) {
    long value = exact(decimal(text, field), field, digits);
    if (value < 0) {
      throw new BadRow(BadRowCode.NEGATIVE_VALUE, field, "less than zero");
    }
    return value;
  }

  static BigDecimal decimal(String text, String field) {
    if (text.length() > MAX_CHARS) {
      throw new BadRow(BadRowCode.BAD_AMOUNT, field, "longer than " + MAX_CHARS + " characters");
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new BadRow(BadRowCode.BAD_AMOUNT, field, "not a decimal number");
    }
    if (value.signum() != 0 && Math.abs((long) value.precision() - value.scale()) > 18) {
      throw new BadRow(BadRowCode.BAD_AMOUNT, field, "out of range");
    }
    return value.signum() == 0 ? BigDecimal.ZERO : value;
  }

  /** The ISO 4217 code of a text in any case. */
  static String currency(String text, String field) {
    String code = text.toUpperCase(Locale.ROOT);
    if (!TextRule.isCurrency(code)) {
      throw new BadRow(BadRowCode.UNKNOWN_CURRENCY, field, "not an ISO 4217 code");
    }
    return code;
  }

  private static long exact(BigDecimal value, String field, int digits) {
    if (value.signum() == 0) {
      return 0;
    }
    if (value.stripTrailingZeros().scale() > digits) {
      throw new BadRow(BadRowCode.BAD_AMOUNT, field, "more than " + digits + " decimals");
    }
    try {
      return value.movePointRight(digits).longValueExact();
    } catch (ArithmeticException e) {
      throw new BadRow(BadRowCode.BAD_AMOUNT, field, "out of range");
    }
  }
}
