package vellum.core.record;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Writes values as ASCII text, without making objects. Not thread-safe. */
public final class Digits {

  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final long SECONDS_OF_DAY = 86_400;
  private static final byte[] LEAST = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST = 20;
  private static final int DAY_BYTES = 10;
  private static final int TIME_BYTES = 27;
  private static final int UUID_BYTES = 36;

  /** Seconds of the years 1 to 9999, which a Protobuf timestamp must have. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;

  /** Bytes of {@code 2026-10-01T12:00:00}. */
  private static final int WHOLE_BYTES = 19;

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

  /** A decimal number. */
  public void number(Output out, long value) {
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
  public void day(Output out, long epochDay) {
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
  public void time(Output out, long micros) {
    long ofEpoch = Math.floorDiv(micros, MICROS_OF_SECOND);
    int within = (int) (micros - ofEpoch * MICROS_OF_SECOND);
    if (!isAt(ofEpoch)) {
      long epochDay = Math.floorDiv(ofEpoch, SECONDS_OF_DAY);
      farTime(out, text(epochDay), (int) (ofEpoch - epochDay * SECONDS_OF_DAY), within);
      return;
    }
    int at = out.reserve(TIME_BYTES);
    byte[] to = out.bytes();
    System.arraycopy(secondText, 0, to, at, secondText.length);
    fraction(to, at + secondText.length, within);
  }

  /**
   * A time as the JSON mapping of Protobuf has it: {@code 2026-10-01T12:00:00Z}, with 3, 6 or 9
   * digits of the second's fraction where it has so many.
   *
   * @param ofEpoch seconds since the epoch, of the years 1 to 9999
   * @param nanos of the second
   * @throws IllegalArgumentException when there is no such timestamp
   */
  public void timestamp(Output out, long ofEpoch, int nanos) {
    if (ofEpoch < FIRST_SECOND || ofEpoch > LAST_SECOND || nanos < 0 || nanos > 999_999_999) {
      throw new IllegalArgumentException(
          "a timestamp is of the years 1 to 9999: " + ofEpoch + " s, " + nanos + " ns");
    }
    isAt(ofEpoch);
    int digits = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    int left = digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1_000 : nanos;
    int copied = digits == 0 ? WHOLE_BYTES : WHOLE_BYTES + 1;
    int at = out.reserve(copied + digits + 1);
    byte[] to = out.bytes();
    System.arraycopy(secondText, 0, to, at, copied);
    int end = at + copied + digits;
    to[end] = 'Z';
    for (int i = end - 1; i >= at + copied; i--) {
      to[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** Brings the text of the second up to date; false when its year has not four digits. */
  private boolean isAt(long ofEpoch) {
    if (ofEpoch != second) {
      long epochDay = Math.floorDiv(ofEpoch, SECONDS_OF_DAY);
      byte[] text = text(epochDay);
      if (text.length != DAY_BYTES) {
        return false;
      }
      second = ofEpoch;
      System.arraycopy(text, 0, secondText, 0, DAY_BYTES);
      clock(secondText, (int) (ofEpoch - epochDay * SECONDS_OF_DAY));
    }
    return true;
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
  public void uuid(Output out, byte[] bytes, int offset) {
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
}
