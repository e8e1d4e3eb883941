package vellum.ingest.demo;

/**
 * Looks for numbers packed two digits a byte, among any bytes. Not thread-safe.
 *
 * <pre>
 *   "49170123456"   high half first: 49 17 01 23 45 6F   swapped: 94 71 10 32 54 F6
 * </pre>
 *
 * <p>An odd number of digits ends with the filler F. Shorter numbers than 11 digits are not looked
 * for: five bytes stand by chance in any few hundred megabytes of ciphertext. Longer ones do so
 * rarely; {@link #expectedByChance} says how often. Text of digits is passed over: its bytes, 30 to
 * 39, look packed, and {@link TextSearch} reads it.
 */
final class PackedSearch {

  private static final int LEAST_DIGITS = 11;
  private static final int FILLER = 0xF;

  private final DigitSet digits;
  private final boolean swapped;

  PackedSearch(DigitSet digits, boolean swapped) {
    this.digits = digits;
    this.swapped = swapped;
  }

  /** How many stand in the bytes. */
  int count(byte[] bytes, int length) {
    int found = 0;
    for (int i = 0; i < length; i++) {
      int first = first(bytes[i]);
      if (first != 0 && first <= 9) {
        found += at(bytes, i, length);
      }
    }
    return found;
  }

  private int at(byte[] bytes, int from, int length) {
    long key = 1;
    int size = 0;
    int found = 0;
    boolean text = true;
    for (int i = from; i < length && size < DigitSet.MOST_DIGITS - 1; i++) {
      text &= i == from || TextSearch.isHex(bytes[i]);
      int first = first(bytes[i]);
      int second = second(bytes[i]);
      if (first > 9) {
        return found;
      }
      if (second == FILLER) {
        return found + (text ? 0 : hit(key * 10 + first, size + 1));
      }
      if (second > 9) {
        return found;
      }
      key = key * 100 + first * 10L + second;
      size += 2;
      found += text ? 0 : hit(key, size);
    }
    return found;
  }

  private int hit(long key, int size) {
    return size >= LEAST_DIGITS && digits.size(size) > 0 && digits.contains(key) ? 1 : 0;
  }

  /** How many of a set's numbers stand in so many random bytes, in one order of the halves. */
  static double expectedByChance(DigitSet digits, long bytes) {
    double expected = 0;
    for (int size = LEAST_DIGITS; size < DigitSet.MOST_DIGITS; size++) {
      int halves = size + (size & 1);
      expected += digits.size(size) * Math.pow(16, -halves) * bytes;
    }
    return expected;
  }

  private int first(byte b) {
    return swapped ? b & 0xF : b >> 4 & 0xF;
  }

  private int second(byte b) {
    return swapped ? b >> 4 & 0xF : b & 0xF;
  }
}
