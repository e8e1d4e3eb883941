package vellum.ingest.demo;

import java.util.random.RandomGenerator;

/**
 * A seeded generator of random numbers (SplitMix64), written here so that a seed means the same
 * traffic on every JDK for ever. Not thread-safe, not for secrets.
 */
final class Dice implements RandomGenerator {

  private long state;

  Dice(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += 0x9E37_79B9_7F4A_7C15L;
    return mix(state);
  }

  /** A number from 0 to below the bound, which is positive. */
  int below(int bound) {
    return (int) ((nextLong() >>> 32) * bound >>> 32);
  }

  /** A number from 0 to below the bound, which is positive. */
  long below(long bound) {
    return Math.multiplyHigh(nextLong() >>> 1, bound << 1);
  }

  /** True in the given share of the cases. */
  boolean chance(double share) {
    return unit() < share;
  }

  /** A number from 0 to below 1. */
  double unit() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Scatters the bits of a number: the same result for the same number. */
  static long mix(long number) {
    long mixed = (number ^ number >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ mixed >>> 31;
  }
}
