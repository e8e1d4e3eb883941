package vellum.ingest.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import vellum.core.period.Catalog;
import vellum.core.period.Stage;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.retention.RetentionStatus;

/** Figures of periods and their ends. Stateless. */
final class PeriodFigures {

  private PeriodFigures() {}

  /** How many periods are in each stage. */
  static Map<Stage, Integer> stages(Map<MonthId, Catalog.Entry> periods) {
    Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
    periods.values().forEach(entry -> stages.merge(entry.stage(), 1, Integer::sum));
    return stages;
  }

  /**
   * Keys that live.
   *
   * @param oldestSeconds since the beginning of the oldest month of traffic or usage whose
   *     identities can be read; 0 without any
   * @param nextDeadlineSeconds until the next period's identities must be unreadable, negative when
   *     that is over; NaN without any
   */
  record Identities(int keys, double oldestSeconds, double nextDeadlineSeconds) {}

  /**
   * @param alive periods whose keys live
   * @param now by the wall clock
   */
  static Identities identities(Iterable<MonthId> alive, MonthCalendar calendar, Instant now) {
    int keys = 0;
    double oldest = 0;
    double next = Double.NaN;
    for (MonthId month : alive) {
      if (month.kind() == MonthId.Kind.YEAR || month.isOfCase()) {
        continue;
      }
      keys++;
      double left = seconds(Duration.between(now, calendar.identityDeadline(month)));
      next = Double.isNaN(next) ? left : Math.min(next, left);
      if (month.kind() == MonthId.Kind.TRAFFIC || month.kind() == MonthId.Kind.USAGE) {
        oldest = Math.max(oldest, seconds(Duration.between(calendar.start(month), now)));
      }
    }
    return new Identities(keys, oldest, next);
  }

  /**
   * What retention says of itself.
   *
   * @param overdue periods of which something that had to be done is not
   * @param waiting periods that do not go on and are tried again
   * @param failed periods that are not tried before the next start
   * @param rewriting periods that are being rewritten
   * @param progress of the rewriting, 0 to 1; 0 when there is none
   */
  record Ends(
      int overdue,
      int waiting,
      int failed,
      int rewriting,
      double progress,
      long reservedBytes,
      boolean clockTrusted,
      double behindSeconds) {

    static Ends of(RetentionStatus status) {
      int overdue = 0;
      int waiting = 0;
      int failed = 0;
      int rewriting = 0;
      double progress = 0;
      for (RetentionStatus.Period period : status.periods()) {
        overdue += period.overdue() ? 1 : 0;
        failed += period.failed() ? 1 : 0;
        waiting += period.blocked() != null && !period.failed() ? 1 : 0;
        rewriting += period.progress() >= 0 ? 1 : 0;
        progress = Math.max(progress, period.progress());
      }
      return new Ends(
          overdue,
          waiting,
          failed,
          rewriting,
          progress,
          status.reservedBytes(),
          status.clock().isTrusted(),
          seconds(status.clock().behind()));
    }
  }

  static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}
