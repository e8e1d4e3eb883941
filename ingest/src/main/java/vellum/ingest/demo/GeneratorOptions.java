package vellum.ingest.demo;

import java.time.Duration;
import java.time.Instant;
import vellum.core.record.Bound;

/**
 * What traffic to make up. Equal options give equal messages.
 *
 * @param seed any number
 * @param records distinct records, 0 to 10^12
 * @param from when the first record starts at the earliest
 * @param until when the last record starts at the latest, at most ten years after {@code from}
 * @param accounts customer accounts, 1 to 99,999; the n-th sends as much as the first divided by n
 * @param subscribers end users to draw from, evenly in each country: 1,000 to 100 million. Fewer
 *     subscribers, fewer distinct subjects.
 * @param duplicateShare share of the messages that come twice, 0 to 1
 * @param lateShare share of the records that started one to ten days before their neighbours
 * @param aspectShare share of the records whose delivery, rating and further legs come later, each
 *     as a message of its own, 0 to 1; the others come whole
 * @param failoverShare share of the records that needed a second leg
 * @param billing what there is for billing to get right
 */
public record GeneratorOptions(
    long seed,
    long records,
    Instant from,
    Instant until,
    int accounts,
    int subscribers,
    double duplicateShare,
    double lateShare,
    double aspectShare,
    double failoverShare,
    BillingTraffic billing) {

  private static final Duration LONGEST = Duration.ofDays(3660);

  public GeneratorOptions {
    Bound.check("records", records, 0, 1_000_000_000_000L);
    Bound.check("accounts", accounts, 1, 99_999);
    Bound.check("subscribers", subscribers, 1_000, 100_000_000);
    share("duplicateShare", duplicateShare);
    share("lateShare", lateShare);
    share("aspectShare", aspectShare);
    share("failoverShare", failoverShare);
    if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "until must be after from, by at most " + LONGEST.toDays() + " days");
    }
    Bound.check("year of from", from.atOffset(java.time.ZoneOffset.UTC).getYear(), 2001, 9000);
  }

  /** Traffic of 500 accounts to 20 million subscribers, with the shares of a usual day. */
  public static GeneratorOptions of(long seed, long records, Instant from, Instant until) {
    return new GeneratorOptions(
        seed, records, from, until, 500, 20_000_000, 0.01, 0.01, 0.5, 0.03, BillingTraffic.NONE);
  }

  public GeneratorOptions withAccounts(int count) {
    return new GeneratorOptions(
        seed,
        records,
        from,
        until,
        count,
        subscribers,
        duplicateShare,
        lateShare,
        aspectShare,
        failoverShare,
        billing);
  }

  public GeneratorOptions withSubscribers(int count) {
    return new GeneratorOptions(
        seed,
        records,
        from,
        until,
        accounts,
        count,
        duplicateShare,
        lateShare,
        aspectShare,
        failoverShare,
        billing);
  }

  /** The same with other shares of duplicates, late records and later aspects. */
  public GeneratorOptions withShares(double duplicates, double late, double aspects) {
    return new GeneratorOptions(
        seed,
        records,
        from,
        until,
        accounts,
        subscribers,
        duplicates,
        late,
        aspects,
        failoverShare,
        billing);
  }

  /** The same with other traffic for billing, and so many records with a second leg. */
  public GeneratorOptions withBilling(BillingTraffic traffic, double failovers) {
    return new GeneratorOptions(
        seed,
        records,
        from,
        until,
        accounts,
        subscribers,
        duplicateShare,
        lateShare,
        aspectShare,
        failovers,
        traffic);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1: " + value);
    }
  }
}
