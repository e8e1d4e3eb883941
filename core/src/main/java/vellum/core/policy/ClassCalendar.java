package vellum.core.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import vellum.core.record.MonthId;

/**
 * Months and deadlines of one class in its zone. A month begins with the first instant of its first
 * day: midnight, the first of two midnights, or when there is none, the instant at which clocks
 * jump over it. Thread-safe.
 */
final class ClassCalendar {

  private static final long SECOND = 1_000_000;

  private final RetentionClass rule;
  private volatile Cached cached;

  ClassCalendar(RetentionClass rule) {
    this.rule = rule;
    this.cached = cached(YearMonth.of(2026, 1));
  }

  RetentionClass rule() {
    return rule;
  }

  /** The month that an instant is in. Allocates only when it is not the month of the last one. */
  MonthId monthOf(long micros) {
    Cached last = cached;
    if (micros >= last.fromMicros && micros < last.toMicros) {
      return last.month;
    }
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
    YearMonth month = YearMonth.from(instant.atZone(rule.zone()));
    Cached next = cached(month);
    if (micros < next.fromMicros) {
      next = cached(month.minusMonths(1));
    } else if (micros >= next.toMicros) {
      // Clocks went back over midnight: it is the next month since the first midnight.
      next = cached(month.plusMonths(1));
    }
    cached = next;
    return next.month;
  }

  Instant start(YearMonth month) {
    return startOf(month.atDay(1), rule.zone());
  }

  Instant identityDeadline(YearMonth month) {
    return startOf(identitiesEnd(month, rule.terms()), rule.zone());
  }

  Instant yearEnd(int year) {
    return startOf(trafficEnd(year, rule.terms()), rule.zone());
  }

  /** The day and instant that identities are counted from. */
  Instant identityAnchor(YearMonth month) {
    return rule.terms().identities().anchor() == Anchor.COMMUNICATION
        ? start(month)
        : startOf(month.atEndOfMonth(), rule.zone());
  }

  Instant yearAnchor(int year) {
    return startOf(LocalDate.of(year + 1, 1, 1), rule.zone());
  }

  /** Refuses terms by which identities outlive the record in some month of a leap year's cycle. */
  static void checkOrder(ZoneId zone, ClassTerms terms) {
    for (YearMonth month = YearMonth.of(2024, 1);
        month.getYear() < 2028;
        month = month.plusMonths(1)) {
      if (identitiesEnd(month, terms).isAfter(trafficEnd(month.getYear(), terms))) {
        throw FieldFault.of(
            "identities",
            "must not be kept longer than traffic: those of a "
                + month.getMonth()
                + " would outlive the record (zone "
                + zone
                + ")");
      }
    }
  }

  /** First day on which identities are gone; February 2027 with 12 months: 2028-02-29. */
  private static LocalDate identitiesEnd(YearMonth month, ClassTerms terms) {
    KeepRule rule = terms.identities();
    return rule.anchor() == Anchor.COMMUNICATION
        ? month.atDay(1).plus(rule.period())
        : month.atEndOfMonth().plus(rule.period()).plusDays(1);
  }

  private static LocalDate trafficEnd(int year, ClassTerms terms) {
    return LocalDate.of(year + 1, 1, 1).plus(terms.traffic().period());
  }

  private static Instant startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private Cached cached(YearMonth month) {
    return new Cached(
        new MonthId(month, rule.name()), micros(start(month)), micros(start(month.plusMonths(1))));
  }

  static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
  }

  /** The month of the last answer, and its bounds. */
  private record Cached(MonthId month, long fromMicros, long toMicros) {}
}
