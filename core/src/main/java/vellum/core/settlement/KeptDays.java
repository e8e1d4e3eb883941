package vellum.core.settlement;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.TotalsException;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.UtcOffset;

/** Of which billing days anything is kept, and how many a question may have. Thread-safe. */
public final class KeptDays {

  /** Most years of an interval. */
  public static final int MAX_YEARS = 10;

  private static final int FIRST_YEAR = 2000;

  private final MonthCalendar calendar;
  private final InstantSource clock;

  public KeptDays(MonthCalendar calendar, InstantSource clock) {
    this.calendar = calendar;
    this.clock = clock;
  }

  /**
   * Refuses days of which nothing can be said.
   *
   * @param from first day
   * @param to day behind the last one
   * @throws TotalsException.BadInterval when they are reversed or none
   * @throws TotalsException.IntervalTooLong above {@link #MAX_YEARS}
   * @throws TotalsException.BeforeKept when the first is older than what is kept
   */
  public void require(LocalDate from, LocalDate to) {
    if (!from.isBefore(to)) {
      throw new TotalsException.BadInterval();
    }
    if (from.plusYears(MAX_YEARS).isBefore(to)) {
      throw new TotalsException.IntervalTooLong(MAX_YEARS);
    }
    LocalDate oldest = oldest();
    if (from.isBefore(oldest)) {
      throw new TotalsException.BeforeKept(oldest);
    }
  }

  /** The first day that in some time zone belongs to what is kept. */
  public LocalDate oldest() {
    return dayOf(oldestInstant().minus(UtcOffset.WIDEST));
  }

  /**
   * The first day that began in no time zone before what is kept; null for days from then on.
   *
   * @param fromDay first day, since 1970-01-01
   */
  @Nullable LocalDate partialBefore(int fromDay) {
    Instant kept = oldestInstant();
    LocalDate whole = dayOf(kept.plus(UtcOffset.WIDEST).minusNanos(1)).plusDays(1);
    return fromDay < whole.toEpochDay() ? whole : null;
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  /** When the oldest year began of which the default class keeps anything. */
  private Instant oldestInstant() {
    int year = clock.instant().atOffset(ZoneOffset.UTC).getYear();
    while (year > FIRST_YEAR && isKept(year - 1)) {
      year--;
    }
    return calendar.start(january(year));
  }

  private static MonthId january(int year) {
    return new MonthId(YearMonth.of(year, 1), MonthId.DEFAULT_CLASS);
  }

  private boolean isKept(int year) {
    return calendar.removal(january(year)).isAfter(clock.instant());
  }
}
