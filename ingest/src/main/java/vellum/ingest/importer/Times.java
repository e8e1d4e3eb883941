package vellum.ingest.importer;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * The spellings of time in the providers' files, as UTC microseconds.
 *
 * <pre>
 *   2026-11-03T10:15:30.123+0000   2026-11-03T10:15:30Z   2026-11-03T10:15:30+01:00     ISO 8601
 *   2026-11-03 10:15:30            no offset: UTC                                        Vonage CSV
 *   Tue, 03 Nov 2026 10:15:30 +0000                                                      RFC 2822, Twilio
 * </pre>
 */
final class Times {

  private static final int MAX_CHARS = 40;
  private static final long MICROS = 1_000_000;
  private static final int YEAR_FROM = 2000;
  private static final int YEAR_TO = 9999;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd")
          .appendPattern("['T'][' ']HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(java.time.format.ResolverStyle.STRICT);

  private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.RFC_1123_DATE_TIME;

  private Times() {}

  /** Microseconds since the epoch; finer digits are cut. */
  static long micros(String text, String field) {
    if (text.length() > MAX_CHARS || text.isEmpty()) {
      throw new BadRow(BadRowCode.BAD_TIME, field, "not a date and time");
    }
    try {
      return micros(instant(text), field);
    } catch (DateTimeParseException e) {
      throw new BadRow(BadRowCode.BAD_TIME, field, "not a date and time");
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadRow(BadRowCode.BAD_TIME, field, "out of range");
    }
  }

  static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, MICROS))
        .setNanos((int) Math.floorMod(micros, MICROS) * 1000)
        .build();
  }

  static long millis(Timestamp time) {
    return time.getSeconds() * 1000 + time.getNanos() / 1_000_000;
  }

  /** The same, for years that a record may have. */
  static long millis(Timestamp time, String field) {
    return micros(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()), field) / 1000;
  }

  private static Instant instant(String text) {
    char first = text.charAt(0);
    if (first < '0' || first > '9') {
      return Instant.from(RFC_2822.parse(text));
    }
    TemporalAccessor parsed = ISO.parse(text);
    return parsed.isSupported(ChronoField.OFFSET_SECONDS)
        ? Instant.from(parsed)
        : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
  }

  private static long micros(Instant instant, String field) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < YEAR_FROM || year > YEAR_TO) {
      throw new BadRow(BadRowCode.BAD_TIME, field, "year must be " + YEAR_FROM + " to " + YEAR_TO);
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
  }
}
