package vellum.core.billing;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts of money as text. Stateless. */
public final class Money {

  private static final int NANO_DIGITS = 9;

  private Money() {}

  /** Exact, in units of the currency, with as many digits as there are: {@code 0.052}. */
  public static String text(BigInteger nanos) {
    return new BigDecimal(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
  }
}
