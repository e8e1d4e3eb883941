package vellum.core.billing;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts of money as text: exact, never rounded, without thousands separators. Stateless. */
public final class Money {

  private static final int NANO_DIGITS = 9;
  private static final int SHOWN_DIGITS = 2;
  private static final int MOST_DIGITS = 21;
  private static final long NANOS = 1_000_000_000;

  private Money() {}

  /**
   * For programs: units of the currency with as many of the nine digits as there are, {@code
   * 0.052}, {@code 12}.
   */
  public static String text(BigInteger nanos) {
    return nanos.signum() == 0
        ? "0"
        : new BigDecimal(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** The same of an amount that fits in 64 bits, without the detour over large numbers. */
  public static String text(long nanos) {
    if (nanos == Long.MIN_VALUE) {
      return text(BigInteger.valueOf(nanos));
    }
    long amount = Math.abs(nanos);
    StringBuilder text = new StringBuilder(MOST_DIGITS);
    text.append(nanos < 0 ? "-" : "").append(amount / NANOS);
    long fraction = amount % NANOS;
    if (fraction != 0) {
      text.append('.');
      for (long digit = NANOS / 10; fraction != 0; digit /= 10) {
        text.append((char) ('0' + fraction / digit));
        fraction %= digit;
      }
    }
    return text.toString();
  }

  /** For people: the same with two digits at least, {@code 0.052}, {@code 12.00}. */
  public static String shown(BigInteger nanos) {
    return shown(new BigDecimal(nanos, NANO_DIGITS));
  }

  /**
   * For people: a decimal that a program wrote; what is empty stays so.
   *
   * @throws NumberFormatException when it is no decimal
   */
  public static String shown(String decimal) {
    return decimal.isEmpty() ? "" : shown(new BigDecimal(decimal));
  }

  private static String shown(BigDecimal amount) {
    BigDecimal cut = amount.stripTrailingZeros();
    return (cut.scale() < SHOWN_DIGITS ? cut.setScale(SHOWN_DIGITS) : cut).toPlainString();
  }
}
