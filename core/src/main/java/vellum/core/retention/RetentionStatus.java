package vellum.core.retention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * Where every period is in its life, at one moment. Immutable.
 *
 * @param at when, by the clock that erases
 * @param clock what the clock guard thinks of the wall clock
 * @param reservedBytes that a strip under way has still to write
 */
public record RetentionStatus(
    Instant at, ClockState clock, long reservedBytes, List<Period> periods) {

  public RetentionStatus {
    periods = List.copyOf(periods);
  }

  /**
   * One period.
   *
   * @param since when it came to its stage
   * @param records as far as they are applied
   * @param bytes of its files
   * @param deadline when its identities must be unreadable
   * @param removal when all of it must be gone
   * @param overdue whether what had to be done by now is not: a key that lives past its deadline,
   *     identities on the disk an hour after it, a period that is there after its removal
   * @param blocked why it does not go on, or null
   * @param failed whether it is not tried again before the next start
   * @param progress of the rewriting, 0 to 1; -1 when it is not under way
   */
  public record Period(
      MonthId month,
      Stage stage,
      Instant since,
      long records,
      long bytes,
      Instant deadline,
      Instant removal,
      boolean overdue,
      @Nullable String blocked,
      boolean failed,
      double progress) {}
}
