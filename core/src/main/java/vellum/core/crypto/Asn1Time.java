package vellum.core.crypto;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.Time;

/** Instants to the second as X.509 and CMS write them: UTCTime to 2049, GeneralizedTime after. */
final class Asn1Time {

  private static final int LAST_SHORT_YEAR = 2049;
  private static final int DIGITS = 14;
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);
  private static final DateTimeFormatter PLAIN =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

  private Asn1Time() {}

  static Time of(Instant instant) {
    LocalDateTime utc =
        LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
    return utc.getYear() <= LAST_SHORT_YEAR
        ? new Time(new DERUTCTime(SHORT.format(utc)))
        : new Time(new DERGeneralizedTime(LONG.format(utc)));
  }

  static Instant read(Time time) {
    String text = time.getTime();
    return LocalDateTime.parse(text.substring(0, DIGITS), PLAIN).toInstant(ZoneOffset.UTC);
  }
}
