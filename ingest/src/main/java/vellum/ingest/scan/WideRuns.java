package vellum.ingest.scan;

/**
 * Finds text of two bytes a character, in either order: zeros at every second place, at least so
 * many. It looks at two bytes of every eight only, of which one is such a zero. Not thread-safe.
 *
 * <pre>
 *   low, high   '4' 00 '9' 00 '1' 00        high, low   00 '4' 00 '9' 00 '1'
 * </pre>
 */
final class WideRuns {

  private static final int STEP = 8;

  private final int leastZeros;
  private final int[] doneTo = new int[2];

  /**
   * @param leastZeros at least 5: fewer may stand between the places looked at
   */
  WideRuns(int leastZeros) {
    if (leastZeros < 5) {
      throw new IllegalArgumentException("leastZeros must be at least 5: " + leastZeros);
    }
    this.leastZeros = leastZeros;
  }

  /** Hears runs. */
  @FunctionalInterface
  interface Sink {

    /**
     * @param first place of the first character; every second place up to the last has one
     */
    void run(int first, int last);
  }

  /** Tells every run once. */
  void find(byte[] bytes, int from, int to, Sink sink) {
    doneTo[0] = from;
    doneTo[1] = from;
    for (int p = from; p < to; p += STEP) {
      at(bytes, p, from, to, sink);
      at(bytes, p + 1, from, to, sink);
    }
  }

  private void at(byte[] bytes, int place, int from, int to, Sink sink) {
    if (place >= to || bytes[place] != 0 || place < doneTo[place & 1]) {
      return;
    }
    int first = place;
    while (first - 2 >= from && bytes[first - 2] == 0) {
      first -= 2;
    }
    int last = place;
    while (last + 2 < to && bytes[last + 2] == 0) {
      last += 2;
    }
    doneTo[place & 1] = last + 2;
    if ((last - first) / 2 + 1 >= leastZeros) {
      sink.run(first > from ? first - 1 : first + 1, last + 1 < to ? last + 1 : last - 1);
    }
  }
}
