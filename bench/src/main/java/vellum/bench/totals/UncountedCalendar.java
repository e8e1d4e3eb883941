package vellum.bench.totals;

import java.time.Instant;
import vellum.core.record.AccountId;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;

/**
 * Puts traffic into months of the usage log, which are kept as months of traffic are, but have no
 * cells.
 */
final class UncountedCalendar implements MonthCalendar {

  private final DefaultCalendar calendar = new DefaultCalendar();

  @Override
  public MonthId monthOf(
      AccountId account, String lawCountry, int channel, int direction, long startedAtMicros) {
    return MonthId.usage(
        calendar.monthOf(account, lawCountry, channel, direction, startedAtMicros).month());
  }

  @Override
  public Instant identityDeadline(MonthId month) {
    return calendar.identityDeadline(month);
  }

  @Override
  public Instant removal(MonthId month) {
    return calendar.removal(month);
  }

  @Override
  public Instant start(MonthId month) {
    return calendar.start(month);
  }

  @Override
  public Instant end(MonthId month) {
    return calendar.end(month);
  }
}
