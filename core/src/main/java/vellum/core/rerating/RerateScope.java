package vellum.core.rerating;

import java.util.HashSet;
import java.util.List;
import vellum.core.record.AccountId;

/**
 * Which records are re-rated.
 *
 * @param accounts 1 to 1,000, each once
 * @param fromDay first billing day, days since 1970-01-01; {@link Integer#MIN_VALUE} for the first
 *     that is kept
 * @param toDay day behind the last one; {@link Integer#MAX_VALUE} for the last
 */
public record RerateScope(List<AccountId> accounts, int fromDay, int toDay) {

  /** Accounts of one run, at most. */
  public static final int MOST_ACCOUNTS = 1_000;

  private static final long MICROS_OF_DAY = 86_400L * 1_000_000;
  private static final long LAST_MICROS = 253_402_300_800L * 1_000_000;

  public RerateScope {
    accounts = List.copyOf(accounts);
    if (accounts.isEmpty() || accounts.size() > MOST_ACCOUNTS) {
      throw new IllegalArgumentException(
          "accounts must be 1 to " + MOST_ACCOUNTS + ": " + accounts.size());
    }
    if (new HashSet<>(accounts).size() < accounts.size()) {
      throw new IllegalArgumentException("an account stands twice");
    }
    if (fromDay >= toDay) {
      throw new IllegalArgumentException("from must be before to");
    }
  }

  boolean has(int day) {
    return fromDay <= day && day < toDay;
  }

  /** The first instant at which any zone may have the first day, microseconds since the epoch. */
  long fromMicros() {
    return fromDay == Integer.MIN_VALUE ? 0 : Math.max(0, (fromDay - 1) * MICROS_OF_DAY);
  }

  /** The instant from which on no zone has the last day. */
  long toMicros() {
    return toDay == Integer.MAX_VALUE
        ? LAST_MICROS
        : Math.max(0, Math.min(LAST_MICROS, (toDay + 1) * MICROS_OF_DAY));
  }
}
