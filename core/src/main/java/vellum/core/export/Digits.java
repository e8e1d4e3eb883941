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
  private static final long SECONDS_OF_DAY = 86_400;
  private static final byte[] LEAST = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST = 20;
  private static final int DAY_BYTES = 10;
  private static final int TIME_BYTES = 27;
  private static final int UUID_BYTES = 36;

  /** Two decimal digits of each number below 100, the first one in the lower byte. */
  private static final short[] TENS = pairs(100, 10);

  /** Two hex digits of each byte, likewise. */
  private static final short[] HEX = pairs(256, 16);

  private long day = Long.MIN_VALUE;
  private byte[] dayText = new byte[DAY_BYTES];
  private long second = Long.MIN_VALUE;

  /** Of the second: {@code 2026-10-01T12:00:00.}. */
  private final byte[] secondText = "2026-10-01T12:00:00.".getBytes(StandardCharsets.US_ASCII);

  private static short[] pairs(int count, int base) {
    short[] pairs = new short[count];
    for (int i = 0; i < count; i++) {
      int first = Character.forDigit(i / base, base);
      pairs[i] = (short) (first | Character.forDigit(i % base, base) << 8);
    }
    return pairs;
  }

  private static void put(byte[] to, int at, short pair) {
    to[at] = (byte) pair;
    to[at + 1] = (byte) (pair >> 8);
  }

  void number(Output out, long value) {
    if (value >= 0 && value < 10) {
      out.writeByte((int) ('0' + value));
      return;
    }
    if (value == Long.MIN_VALUE) {
      out.write(LEAST, 0, LEAST.length);
      return;
    }
    long left = Math.abs(value);
    int digits = 1;
    for (long bound = 10; digits < 19 && left >= bound; bound *= 10) {
      digits++;
    }
    int start = out.reserve(LONGEST);
    byte[] to = out.bytes();
    if (value < 0) {
      to[start++] = '-';
    }
    int at = start + digits;
    out.truncate(at);
    while (left > Integer.MAX_VALUE) {
      at -= 2;
      put(to, at, TENS[(int) (left % 100)]);
      left /= 100;
    }
    int rest = (int) left;
    while (rest >= 10) {
      at -= 2;
      put(to, at, TENS[rest % 100]);
      rest /= 100;
    }
    if (at > start) {
      to[start] = (byte) ('0' + rest);
    }
  }

  /** {@code 2026-10-01}. */
  void day(Output out, long epochDay) {
    byte[] text = text(epochDay);
    out.write(text, 0, text.length);
  }

  private byte[] text(long epochDay) {
    if (epochDay != day) {
      day = epochDay;
      dayText = LocalDate.ofEpochDay(epochDay).toString().getBytes(StandardCharsets.US_ASCII);
    }
    return dayText;
  }

  /** {@code 2026-10-01T12:00:00.000000Z}: always as long, so that readers see one type. */
  void time(Output out, long micros) {
    long ofEpoch = Math.floorDiv(micros, MICROS_OF_SECOND);
    int within = (int) (micros - ofEpoch * MICROS_OF_SECOND);
    if (ofEpoch != second) {
      long epochDay = Math.floorDiv(ofEpoch, SECONDS_OF_DAY);
      byte[] text = text(epochDay);
      if (text.length != DAY_BYTES) {
        farTime(out, text, (int) (ofEpoch - epochDay * SECONDS_OF_DAY), within);
        return;
      }
      second = ofEpoch;
      System.arraycopy(text, 0, secondText, 0, DAY_BYTES);
      clock(secondText, (int) (ofEpoch - epochDay * SECONDS_OF_DAY));
    }
    int at = out.reserve(TIME_BYTES);
    byte[] to = out.bytes();
    System.arraycopy(secondText, 0, to, at, secondText.length);
    fraction(to, at + secondText.length, within);
  }

  /** A time in a year of more than four digits. */
  private void farTime(Output out, byte[] dayOfIt, int ofDay, int within) {
    byte[] text = secondText.clone();
    clock(text, ofDay);
    out.write(dayOfIt, 0, dayOfIt.length);
    out.write(text, DAY_BYTES, text.length - DAY_BYTES);
    int at = out.reserve(TIME_BYTES - text.length);
    fraction(out.bytes(), at, within);
  }

  private static void clock(byte[] text, int ofDay) {
    put(text, DAY_BYTES + 1, TENS[ofDay / 3600]);
    put(text, DAY_BYTES + 4, TENS[ofDay / 60 % 60]);
    put(text, DAY_BYTES + 7, TENS[ofDay % 60]);
  }

  private static void fraction(byte[] to, int at, int micros) {
    put(to, at, TENS[micros / 10_000]);
    put(to, at + 2, TENS[micros / 100 % 100]);
    put(to, at + 4, TENS[micros % 100]);
    to[at + 6] = 'Z';
  }

  /** {@code 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55}. */
  void uuid(Output out, byte[] bytes, int offset) {
    int at = out.reserve(UUID_BYTES);
    byte[] to = out.bytes();
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        to[at++] = '-';
      }
      put(to, at, HEX[bytes[offset + i] & 0xFF]);
      at += 2;
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
