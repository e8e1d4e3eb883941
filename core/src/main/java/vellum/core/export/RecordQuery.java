package vellum.core.export;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.record.AccountId;
import vellum.core.record.UtcOffset;

/**
 * Which records are exported: those whose billing day, in the billing zone of their own account,
 * lies in an interval; so they are the records behind the totals of the same days.
 *
 * @param from first day
 * @param to day behind the last one
 * @param account null for all
 * @param cells null, or which cells of totals the records are behind: then its days count, which
 *     are those of suppliers for the cube of costs
 */
public record RecordQuery(
    LocalDate from, LocalDate to, @Nullable AccountId account, @Nullable CellFilter cells) {

  private static final LocalDate FIRST = LocalDate.of(1970, 1, 2);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
  private static final long MILLIS_OF_DAY = 86_400_000;

  public RecordQuery {
    if (!from.isBefore(to)) {
      throw new ExportException.BadRequest("from must be before to: " + from + " and " + to);
    }
    if (from.isBefore(FIRST) || to.isAfter(LAST)) {
      throw new ExportException.BadRequest("days must lie in the years 1970 to 9999");
    }
  }

  /** First millisecond at which a record of the days may have started, in UTC. */
  long firstMillis() {
    return from.toEpochDay() * MILLIS_OF_DAY - UtcOffset.WIDEST.toMillis();
  }

  /** First millisecond behind the last one. */
  long endMillis() {
    return to.toEpochDay() * MILLIS_OF_DAY + UtcOffset.WIDEST.toMillis();
  }

  boolean has(long billingDay) {
    return billingDay >= from.toEpochDay() && billingDay < to.toEpochDay();
  }
}
