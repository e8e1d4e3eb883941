package vellum.bench.peers;

import java.util.Arrays;
import java.util.List;

/**
 * Several values of one figure, in short.
 *
 * @param rounds how many there are
 * @param median of an even number the mean of the middle two; NaN of none
 */
record Spread(int rounds, double median, double least, double most) {

  private static final Spread NONE = new Spread(0, Double.NaN, Double.NaN, Double.NaN);

  /** Of the values that are numbers. */
  static Spread of(List<Double> values) {
    double[] sorted =
        values.stream().mapToDouble(Double::doubleValue).filter(v -> !Double.isNaN(v)).toArray();
    if (sorted.length == 0) {
      return NONE;
    }
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(sorted.length, median, sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * How many times as good the one is as the other, by their medians; NaN when one of them is none
   * or zero.
   */
  static double ratio(Spread one, Spread other, boolean moreIsBetter) {
    double better = moreIsBetter ? one.median : other.median;
    double worse = moreIsBetter ? other.median : one.median;
    return better > 0 && worse > 0 ? better / worse : Double.NaN;
  }
}
