package vellum.core.rerating;

/** What a table of rates says about one record. Not thread-safe; reused from record to record. */
final class Pricing {

  private final RateTable rates;
  private long priceNanos;
  private String currency = "";

  /** What becomes of a record. */
  enum Verdict {
    /** It has no rating, and gets none. */
    UNRATED,
    /** No rate matches. */
    UNMATCHED,
    /** It has the price already. */
    SAME,
    /** It gets another price. */
    CHANGED,
    /**
     * Its rate is in another currency, and its rating has an expected cost, which has no currency
     * of its own.
     */
    OTHER_CURRENCY,
    /** No version is above the one that its rating has. */
    LAST_VERSION
  }

  Pricing(RateTable rates) {
    this.rates = rates;
  }

  /**
   * Prices a record.
   *
   * @throws RerateException.TwoRates when two equally specific rates match
   * @throws RerateException.Overflow when the price is beyond 64 bits
   */
  Verdict of(RatedRow row) {
    if (!row.isRated()) {
      return Verdict.UNRATED;
    }
    Rate rate = rates.find(row.values(), row.day());
    if (rate == null) {
      return Verdict.UNMATCHED;
    }
    priceNanos = price(rate, row.units());
    currency = rate.currency();
    if (priceNanos == row.saleNanos() && currency.equals(row.currency())) {
      return Verdict.SAME;
    }
    if (!currency.equals(row.currency()) && row.costNanos() != 0) {
      return Verdict.OTHER_CURRENCY;
    }
    return row.version() == Long.MAX_VALUE ? Verdict.LAST_VERSION : Verdict.CHANGED;
  }

  private static long price(Rate rate, long units) {
    try {
      return Math.multiplyExact(units, rate.unitPriceNanos());
    } catch (ArithmeticException e) {
      throw new RerateException.Overflow(rate, units);
    }
  }

  /** The price of the last record that matched, in nanos. */
  long priceNanos() {
    return priceNanos;
  }

  /** The currency of it. */
  String currency() {
    return currency;
  }
}
