package vellum.core.billing;

import java.time.LocalDate;
import java.time.YearMonth;
import vellum.core.record.UtcOffset;

/**
 * The day in which a communication is billed or settled: that of its start, in the zone of the
 * account or the supplier. A day is a number: days since 1970-01-01.
 */
public final class BillingDay {

  private static final int DAY_SECONDS = 86_400;

  private BillingDay() {}

  /**
   * The day of a start; allocates nothing.
   *
   * @param startedAtSeconds seconds since the epoch, rounded down
   * @param zoneQuarters offset of the zone from UTC at that time in quarters of an hour, east
   *     positive, as the row has it
   */
  public static int of(long startedAtSeconds, int zoneQuarters) {
    return (int)
        Math.floorDiv(
            startedAtSeconds + (long) zoneQuarters * UtcOffset.QUARTER_SECONDS, DAY_SECONDS);
  }

  /** The calendar month, and so the period, that a day is of. */
  public static YearMonth month(int day) {
    return YearMonth.from(LocalDate.ofEpochDay(day));
  }

  /** First day of the month of a day. */
  public static int firstOfMonth(int day) {
    return day - LocalDate.ofEpochDay(day).getDayOfMonth() + 1;
  }

  /** First day of a month. */
  public static int first(YearMonth month) {
    return (int) month.atDay(1).toEpochDay();
  }

  /** The day behind the last of a month. */
  public static int end(YearMonth month) {
    return first(month.plusMonths(1));
  }
}
