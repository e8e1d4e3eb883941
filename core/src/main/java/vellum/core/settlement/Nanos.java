package vellum.core.settlement;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts of money that people write, in billionths of a unit. Stateless. */
public final class Nanos {

  private static final int DIGITS = 9;

  private Nanos() {}

  /**
   * Reads a decimal.
   *
   * @throws SettlementException.BadAmount when it has more than nine decimals, is zero, or is too
   *     large for the journal's amounts of 64 bits
   */
  public static BigInteger parse(String text) {
    if (!text.matches("-?[0-9]{1,10}(\\.[0-9]{1,9})?")) {
      throw new SettlementException.BadAmount(
          "an amount is a decimal with at most nine digits behind the point, such as -12.50");
    }
    BigInteger nanos = new BigDecimal(text).movePointRight(DIGITS).toBigIntegerExact();
    if (nanos.signum() == 0 || nanos.bitLength() > Long.SIZE - 1) {
      throw new SettlementException.BadAmount(
          "an amount must not be zero, and at most 9223372036 units");
    }
    return nanos;
  }
}
