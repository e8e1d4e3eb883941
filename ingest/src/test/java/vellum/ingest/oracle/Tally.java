package vellum.ingest.oracle;

import java.math.BigInteger;

/**
 * What is summed for a line of totals.
 *
 * @param amount nanos: the sale, or the legs' cost
 * @param expectedCost nanos; zero for costs
 */
public record Tally(
    BigInteger count,
    BigInteger units,
    BigInteger durationMs,
    BigInteger amount,
    BigInteger expectedCost) {

  public static final Tally ZERO =
      new Tally(
          BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  public Tally plus(Tally other) {
    return new Tally(
        count.add(other.count),
        units.add(other.units),
        durationMs.add(other.durationMs),
        amount.add(other.amount),
        expectedCost.add(other.expectedCost));
  }

  @Override
  public String toString() {
    return count
        + " units "
        + units
        + " ms "
        + durationMs
        + " nanos "
        + amount
        + " expected "
        + expectedCost;
  }
}
