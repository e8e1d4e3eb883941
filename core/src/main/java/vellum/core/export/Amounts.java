package vellum.core.export;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import vellum.core.billing.Money;
import vellum.core.record.Output;

/** Numbers of 16 bytes, two's complement, big-endian, as ASCII text. Stateless. */
final class Amounts {

  private static final int BYTES = 16;

  private Amounts() {}

  /** The number as an integer. */
  static void total(Output out, byte[] bytes, int offset) {
    ascii(out, big(bytes, offset).toString());
  }

  /** The same, of 10^-9 units: with as many digits as there are. */
  static void amount(Output out, byte[] bytes, int offset) {
    ascii(out, Money.text(big(bytes, offset)));
  }

  static BigInteger big(byte[] bytes, int offset) {
    return new BigInteger(Arrays.copyOfRange(bytes, offset, offset + BYTES));
  }

  private static void ascii(Output out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
  }
}
