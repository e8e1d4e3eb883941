package vellum.core.period;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.record.AccountId;
import vellum.core.record.UtcOffset;

/**
 * Which records are looked for.
 *
 * @param account whose records; null for all accounts
 * @param fromMicros first start, microseconds since the epoch, UTC
 * @param toMicros start behind the last one
 * @param cells one of which a record must count in: the sale's, or that of one of its legs; null
 *     when that does not matter
 */
public record RecordQuery(
    @Nullable AccountId account, long fromMicros, long toMicros, @Nullable CellFilter cells) {

  private static final long DAY_SECONDS = 86_400;
  private static final long MICROS = 1_000_000;

  public RecordQuery {
    if (fromMicros > toMicros) {
      throw new IllegalArgumentException("times are reversed: " + fromMicros + " to " + toMicros);
    }
  }

  /** An account's records of a time. */
  public static RecordQuery of(AccountId account, long fromMicros, long toMicros) {
    return new RecordQuery(account, fromMicros, toMicros, null);
  }

  /** All accounts' records of a time. */
  public static RecordQuery ofAll(long fromMicros, long toMicros) {
    return new RecordQuery(null, fromMicros, toMicros, null);
  }

  /** The records behind cells: what a row of totals or a line of a statement is made of. */
  public static RecordQuery of(CellFilter cells) {
    Set<String> parties = cells.parties();
    boolean isOneAccounts =
        cells.cube() == Cube.SALE && parties.size() == 1 && !parties.contains("");
    AccountId account = isOneAccounts ? AccountId.of(parties.iterator().next()) : null;
    return new RecordQuery(account, first(cells), behind(cells), cells);
  }

  /** The same of one account. */
  public RecordQuery ofAccount(AccountId one) {
    return new RecordQuery(one, fromMicros, toMicros, cells);
  }

  /** The same, started in {@code [from, to)} besides. */
  public RecordQuery within(long from, long to) {
    long first = Math.max(fromMicros, from);
    return new RecordQuery(account, first, Math.max(first, Math.min(toMicros, to)), cells);
  }

  /** The first instant that belongs to the filter's days in any zone. */
  private static long first(CellFilter cells) {
    return Math.max(0, (cells.fromDay() * DAY_SECONDS - UtcOffset.WIDEST_SECONDS) * MICROS);
  }

  private static long behind(CellFilter cells) {
    return Math.max(0, (cells.toDay() * DAY_SECONDS + UtcOffset.WIDEST_SECONDS) * MICROS);
  }
}
