package vellum.core.billing;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts of money as text: exact, never rounded, without thousands separators. Stateless. */
public final class Money {

  private static final int NANO_DIGITS = 9;
  private static final int SHOWN_DIGITS = 2;

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
