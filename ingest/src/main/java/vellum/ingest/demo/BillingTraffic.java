package vellum.ingest.demo;

/**
 * What made-up traffic has for billing to get right.
 *
 * @param changeShare share of the records of which aspects come again in later versions: a delivery
 *     report that changes the status, other amounts or another currency, another cost, another
 *     network; 0 to 1
 * @param ownCurrencies whether carriers charge in currencies of their own, for failed attempts too,
 *     and report each leg's end; all charge in euro, and for what they deliver, otherwise
 */
public record BillingTraffic(double changeShare, boolean ownCurrencies) {

  /** Each aspect once, and all costs in euro. */
  public static final BillingTraffic NONE = new BillingTraffic(0, false);

  public BillingTraffic {
    if (!(changeShare >= 0 && changeShare <= 1)) {
      throw new IllegalArgumentException("changeShare must be 0 to 1: " + changeShare);
    }
  }
}
