package vellum.ingest.scan;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many hits chance explains: of strings of digits looked at in a form that stands in ciphertext
 * and ids too, each is one of the numbers with the probability of their share. Not thread-safe.
 */
final class Chance {

  private static final double RARE = 1e-8;

  private final DigitSet digits;
  private final Map<ByteForm, long[]> looks = new EnumMap<>(ByteForm.class);

  Chance(DigitSet digits) {
    this.digits = digits;
    for (ByteForm form : ByteForm.values()) {
      looks.put(form, new long[DigitSet.MOST_DIGITS + 1]);
    }
  }

  /** The counters of a form by number of digits, for a search to add its looks to. */
  long[] looks(ByteForm form) {
    return looks.getOrDefault(form, new long[0]);
  }

  /** Hits that chance alone gives on average. */
  double expected(ByteForm form) {
    double expected = 0;
    long[] counts = looks(form);
    for (int size = DigitSet.LEAST_DIGITS; size <= DigitSet.MOST_DIGITS; size++) {
      expected += counts[size] * (digits.size(size) / Math.pow(10, size));
    }
    return expected;
  }

  /** More hits come by chance less often than once in a hundred million times (Poisson). */
  static long bound(double expected) {
    double term = Math.exp(-expected);
    double sum = term;
    long count = 0;
    while (1 - sum > RARE && term > 0) {
      count++;
      term *= expected / count;
      sum += term;
    }
    return term > 0 ? count : (long) (expected + 6 * Math.sqrt(expected));
  }
}
