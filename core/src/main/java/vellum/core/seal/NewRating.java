package vellum.core.seal;

/**
 * Another price of a record that is rated already; what else its rating says stays.
 *
 * @param version above the one that the rating has
 * @param salePriceNanos total of the record in nanos of a currency unit
 * @param currency ISO 4217, in ASCII
 * @param ratePlanVersion which rates it follows from: a name, 1 to 64 bytes, without identities
 * @param ratedAtMicros when it was rated, microseconds since the epoch, UTC
 */
public record NewRating(
    long version,
    long salePriceNanos,
    String currency,
    String ratePlanVersion,
    long ratedAtMicros) {

  private static final int MAX_PLAN_BYTES = 64;

  public NewRating {
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1: " + version);
    }
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("currency must be three letters: " + currency);
    }
    if (!ratePlanVersion.matches("[ -~]{1," + MAX_PLAN_BYTES + "}")) {
      throw new IllegalArgumentException(
          "rate plan must have 1 to " + MAX_PLAN_BYTES + " characters of ASCII");
    }
  }
}
