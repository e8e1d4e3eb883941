package vellum.core.seal;

import java.time.Duration;
import java.util.Set;

/**
 * Which records go into suspense though they pass the protocol. Immutable. {@code
 * policy.SuspenseFile} reads them from {@code config/suspense.yaml}, which says what each means.
 *
 * @param unknownAccount of an account that the registry does not know, once it knows any
 * @param unknownSupplier with a leg of a supplier that the registry does not know
 * @param currencyMismatch rated in another currency than the account's terms name
 * @param expiredYear whether what comes for a year that is gone is kept in suspense; otherwise it
 *     is refused
 */
public record SuspenseRules(
    boolean unknownAccount,
    boolean unknownSupplier,
    Price missingPrice,
    boolean currencyMismatch,
    Durations durations,
    boolean expiredYear) {

  /** Number of the newest format of the file. */
  public static final int FORMAT = 1;

  /** Most accounts that a rule names. */
  public static final int MAX_ACCOUNTS = 10_000;

  /** Longest duration that a bound may allow. */
  public static final Duration MAX_DURATION = Duration.ofDays(31);

  /** Longest difference of two clocks that may be allowed. */
  public static final Duration MAX_SKEW = Duration.ofHours(24);

  /** What holds without a file. */
  public static final SuspenseRules DEFAULTS =
      new SuspenseRules(
          true,
          false,
          new Price(true, false, 0, Set.of()),
          false,
          new Durations(true, Duration.ofHours(24), Duration.ofMinutes(1)),
          true);

  /** Nothing is suspended. */
  public static final SuspenseRules NONE =
      new SuspenseRules(
          false,
          false,
          new Price(false, false, 0, Set.of()),
          false,
          new Durations(false, Duration.ofHours(24), Duration.ZERO),
          false);

  /**
   * Ratings that bill units and have no price.
   *
   * @param zero whether a price of zero counts as none, though its currency is named
   * @param channels bit n: {@link vellum.v1.Channel} n; 0 for all
   * @param accounts ids; empty for all
   */
  public record Price(boolean enabled, boolean zero, int channels, Set<String> accounts) {
    public Price {
      accounts = Set.copyOf(accounts);
      if (accounts.size() > MAX_ACCOUNTS) {
        throw new IllegalArgumentException("accounts must be at most " + MAX_ACCOUNTS);
      }
    }

    boolean isRequired(int channel, String account) {
      return enabled
          && (channels == 0 || (channels >>> channel & 1) != 0)
          && (accounts.isEmpty() || accounts.contains(account));
    }
  }

  /**
   * Durations of calls that cannot be.
   *
   * @param longest billed or lasted, 1 s to {@link #MAX_DURATION}
   * @param skew by how much an end may lie before the start, as clocks differ
   */
  public record Durations(boolean enabled, Duration longest, Duration skew) {
    public Durations {
      if (longest.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(MAX_DURATION) > 0) {
        throw new IllegalArgumentException("longest duration must be 1s to 31d: " + longest);
      }
      if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
        throw new IllegalArgumentException("skew must be 0s to 24h: " + skew);
      }
    }
  }
}
