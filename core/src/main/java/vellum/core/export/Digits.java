package vellum.core.export;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import vellum.core.record.Output;

/** Writes values as ASCII text, without making objects. Not thread-safe. */
final class Digits {

  private static final int NANO_DIGITS = 9;
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final long MICROS_OF_DAY = 86_400 * MICROS_OF_SECOND;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LEAST = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

  private final byte[] scratch = new byte[20];

  private long day = Long.MIN_VALUE;
  private byte[] dayText = new byte[0];

  void number(Output out, long value) {
    if (value == Long.MIN_VALUE) {
      out.write(LEAST, 0, LEAST.length);
      return;
    }
    int at = scratch.length;
    long left = Math.abs(value);
    do {
      scratch[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left != 0);
    if (value < 0) {
      scratch[--at] = '-';
    }
    out.write(scratch, at, scratch.length - at);
  }

  /** {@code 2026-10-01}. */
  void day(Output out, long epochDay) {
    if (epochDay != day) {
      day = epochDay;
      dayText = LocalDate.ofEpochDay(epochDay).toString().getBytes(StandardCharsets.US_ASCII);
    }
    out.write(dayText, 0, dayText.length);
  }

  /** {@code 2026-10-01T12:00:00.000000Z}: always as long, so that readers see one type. */
  void time(Output out, long micros) {
    day(out, Math.floorDiv(micros, MICROS_OF_DAY));
    long ofDay = Math.floorMod(micros, MICROS_OF_DAY);
    int second = (int) (ofDay / MICROS_OF_SECOND);
    out.writeByte('T');
    padded(out, second / 3600, 2);
    out.writeByte(':');
    padded(out, second / 60 % 60, 2);
    out.writeByte(':');
    padded(out, second % 60, 2);
    out.writeByte('.');
    padded(out, (int) (ofDay % MICROS_OF_SECOND), 6);
    out.writeByte('Z');
  }

  private void padded(Output out, int value, int digits) {
    int left = value;
    for (int i = digits - 1; i >= 0; i--) {
      scratch[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    out.write(scratch, 0, digits);
  }

  /** {@code 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55}. */
  void uuid(Output out, byte[] bytes, int offset) {
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        out.writeByte('-');
      }
      out.writeByte(HEX[bytes[offset + i] >> 4 & 0xF]);
      out.writeByte(HEX[bytes[offset + i] & 0xF]);
    }
  }

  /** A number of 16 bytes, two's complement, big-endian, as an integer. */
  void total(Output out, byte[] bytes, int offset) {
    ascii(out, big(bytes, offset).toString());
  }

  /** The same, of 10^-9 units: with as many digits as there are. */
  void amount(Output out, byte[] bytes, int offset) {
    ascii(out, money(big(bytes, offset)));
  }

  /** An amount of nanos, with as many digits as there are: {@code 0.052}. */
  static String money(BigInteger nanos) {
    return nanos.signum() == 0
        ? "0"
        : new BigDecimal(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
  }

  static BigInteger big(byte[] bytes, int offset) {
    return new BigInteger(Arrays.copyOfRange(bytes, offset, offset + 16));
  }

  private static void ascii(Output out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
  }
}
