package vellum.core.rerating;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a re-rating found, and what it changes.
 *
 * @param read records of the accounts and days
 * @param unrated of them without a rating: left
 * @param matched that a rate matches
 * @param changed that get another price
 * @param unmatched that no rate matches: left
 * @param suspended that would change, but a rating of theirs stands in suspense: left
 * @param otherCurrency whose rate is in another currency than their expected cost: left
 * @param lastVersion whose rating has the highest version there is: left
 * @param groups of those that are matched or unmatched, in order of currency, channel and network
 */
public record RerateReport(
    long read,
    long unrated,
    long matched,
    long changed,
    long unmatched,
    long suspended,
    long otherCurrency,
    long lastVersion,
    List<Group> groups) {

  public static final RerateReport EMPTY = new RerateReport(0, 0, 0, 0, 0, 0, 0, 0, List.of());

  public RerateReport {
    groups = List.copyOf(groups);
  }

  /**
   * Records of one currency, channel and network. A record that gets another currency takes its old
   * amount out of the one's group and brings the new one, and itself, into the other's.
   *
   * @param currency ISO 4217, or empty
   * @param channel number of the {@link vellum.v1.Channel}
   * @param mccMnc 5 or 6 digits, or empty
   * @param matched records that a rate matches and that are not left for another reason
   * @param changed of them
   * @param unmatched records that no rate matches
   * @param oldNanos what the matched ones are charged
   * @param newNanos what they will be
   */
  public record Group(
      String currency,
      int channel,
      String mccMnc,
      long matched,
      long changed,
      long unmatched,
      BigInteger oldNanos,
      BigInteger newNanos) {

    public BigInteger differenceNanos() {
      return newNanos.subtract(oldNanos);
    }
  }

  /** Whether records were read: otherwise it is not known yet, or there are none. */
  public boolean hasRecords() {
    return read > 0;
  }

  /** By how much each currency's amounts change, in nanos. */
  public Map<String, BigInteger> differences() {
    Map<String, BigInteger> sums = new TreeMap<>();
    groups.forEach(group -> sums.merge(group.currency(), group.differenceNanos(), BigInteger::add));
    return sums;
  }
}
