package vellum.core.rerating;

import java.time.LocalDate;

/**
 * The price of a unit for the records that a row of a rates file matches. An empty text or 0 is any
 * value.
 *
 * @param line of the file, from 1
 * @param match which records; each value that it names makes it more specific
 * @param fromDay first billing day, days since 1970-01-01; {@link Integer#MIN_VALUE} for any
 * @param toDay day behind the last one; {@link Integer#MAX_VALUE} for any
 * @param unitPriceNanos at least 0, in nanos of a unit of the currency
 * @param currency ISO 4217
 */
public record Rate(
    int line, Match match, int fromDay, int toDay, long unitPriceNanos, String currency) {

  private static final int DATED = 1 << 7;

  public Rate {
    if (fromDay >= toDay) {
      throw new IllegalArgumentException("days are reversed: " + fromDay + " to " + toDay);
    }
    if (unitPriceNanos < 0) {
      throw new IllegalArgumentException("unit price below zero: " + unitPriceNanos);
    }
  }

  /**
   * Values of a record, or those of them that a rate asks for.
   *
   * @param account id
   * @param mccMnc 5 or 6 digits, the network of the submission
   * @param channel number of the {@link vellum.v1.Channel}
   * @param trafficType number of the {@link vellum.v1.TrafficType}
   * @param direction number of the {@link vellum.v1.Direction}
   * @param country of the recipient, ISO 3166-1 alpha-2
   * @param unitType number of the {@link vellum.v1.UnitType}
   */
  public record Match(
      String account,
      String mccMnc,
      int channel,
      int trafficType,
      int direction,
      String country,
      int unitType) {

    /** Which values are named, a bit each. */
    int named() {
      return (account.isEmpty() ? 0 : 1)
          | (mccMnc.isEmpty() ? 0 : 1 << 1)
          | (channel == 0 ? 0 : 1 << 2)
          | (trafficType == 0 ? 0 : 1 << 3)
          | (direction == 0 ? 0 : 1 << 4)
          | (country.isEmpty() ? 0 : 1 << 5)
          | (unitType == 0 ? 0 : 1 << 6);
    }

    /** The same with nothing but the values that a mask names. */
    Match only(int mask) {
      return new Match(
          (mask & 1) == 0 ? "" : account,
          (mask & 1 << 1) == 0 ? "" : mccMnc,
          (mask & 1 << 2) == 0 ? 0 : channel,
          (mask & 1 << 3) == 0 ? 0 : trafficType,
          (mask & 1 << 4) == 0 ? 0 : direction,
          (mask & 1 << 5) == 0 ? "" : country,
          (mask & 1 << 6) == 0 ? 0 : unitType);
    }
  }

  /** Which values are named, a bit each; days count as one. */
  int named() {
    boolean dated = fromDay != Integer.MIN_VALUE || toDay != Integer.MAX_VALUE;
    return match.named() | (dated ? DATED : 0);
  }

  boolean isOf(int day) {
    return fromDay <= day && day < toDay;
  }

  /** The days that it is for, for people. */
  String days() {
    return (fromDay == Integer.MIN_VALUE ? "" : LocalDate.ofEpochDay(fromDay) + " ")
        + "to"
        + (toDay == Integer.MAX_VALUE ? "" : " " + LocalDate.ofEpochDay(toDay));
  }
}
