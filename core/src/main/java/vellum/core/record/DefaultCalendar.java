package vellum.core.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * The calendar of the source's rule: one class, months of UTC, identities kept until the day after
 * (last day of the month + 12 months). The earlier reading of "12 months" wins, so that February
 * 2027 ends with 28 February 2028 and its identities go at 2028-02-29T00:00. Policy section 1;
 * design section 2.
 */
public final class DefaultCalendar implements MonthCalendar {

  private static final int IDENTITY_MONTHS = 12;
  private static final int USAGE_MONTHS = 36;
  private static final int SUSPENSE_MONTHS = 12;
  private static final int TRAFFIC_YEARS = 10;
  private static final long MICROS = 1_000_000;

  private volatile Cached cached = Cached.of(YearMonth.of(2026, 1));

  @Override
  public MonthId monthOf(
      AccountId account, String lawCountry, int channel, int direction, long startedAtMicros) {
    Cached last = cached;
    if (startedAtMicros >= last.fromMicros && startedAtMicros < last.toMicros) {
      return last.month;
    }
    Instant start = Instant.ofEpochSecond(Math.floorDiv(startedAtMicros, MICROS));
    Cached next = Cached.of(YearMonth.from(start.atOffset(ZoneOffset.UTC)));
    cached = next;
    return next.month;
  }

  @Override
  public Instant identityDeadline(MonthId month) {
    return switch (month.kind()) {
      case TRAFFIC -> startOf(month.month().atEndOfMonth().plusMonths(IDENTITY_MONTHS).plusDays(1));
      case USAGE -> startOf(month.month().plusMonths(USAGE_MONTHS).atDay(1));
      case CONTENT -> startOf(month.contentDay());
      case SUSPENSE -> startOf(suspenseEnd(month));
      case YEAR -> startOf(yearEnd(month));
      case HOLD, CASE, TRAIL -> NEVER;
    };
  }

  @Override
  public Instant removal(MonthId month) {
    return month.kind() == MonthId.Kind.TRAFFIC ? startOf(yearEnd(month)) : identityDeadline(month);
  }

  /**
   * First day on which nothing is left of what came in a month for a year that was gone: 12 months
   * after the end of the month.
   */
  public static LocalDate suspenseEnd(MonthId month) {
    return month.month().plusMonths(1L + SUSPENSE_MONTHS).atDay(1);
  }

  /** First day on which nothing of the year is left: ten years from the year that follows. */
  private static LocalDate yearEnd(MonthId month) {
    return LocalDate.of(month.month().getYear() + 1 + TRAFFIC_YEARS, 1, 1);
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  @Override
  public Instant start(MonthId month) {
    return month.month().atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  @Override
  public Instant end(MonthId month) {
    return month.month().plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** The month of the last answer, and its bounds. */
  private record Cached(MonthId month, long fromMicros, long toMicros) {
    static Cached of(YearMonth month) {
      return new Cached(
          new MonthId(month, MonthId.DEFAULT_CLASS), micros(month), micros(month.plusMonths(1)));
    }

    private static long micros(YearMonth month) {
      return month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * MICROS;
    }
  }
}
