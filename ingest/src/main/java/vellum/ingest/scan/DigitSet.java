package vellum.ingest.scan;

/**
 * A map from strings of 7 to 18 digits to line numbers, by open addressing over longs. Not
 * thread-safe.
 *
 * <p>A string is kept as the number that it makes behind a leading 1, so that leading zeros and
 * lengths stay apart: "0049" is 10049.
 */
final class DigitSet {

  static final int LEAST_DIGITS = 7;
  static final int MOST_DIGITS = 18;

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private long[] slots = new long[FIRST_CAPACITY];
  private int[] lines = new int[FIRST_CAPACITY];
  private final int[] byLength = new int[MOST_DIGITS + 1];
  private int size;

  /**
   * Adds a string of 7 to 18 digits; false when it is there already, under the line that it came
   * with first.
   *
   * @param line at least 1
   */
  boolean add(CharSequence digits, int line) {
    if (digits.length() < LEAST_DIGITS || digits.length() > MOST_DIGITS || line < 1) {
      throw new IllegalArgumentException(
          "7 to 18 digits and a line of at least 1: " + digits.length() + ", " + line);
    }
    long key = 1;
    for (int i = 0; i < digits.length(); i++) {
      key = key * 10 + (digits.charAt(i) - '0');
    }
    if (line(key) != 0) {
      return false;
    }
    byLength[digits.length()]++;
    size++;
    if (size * 2 > slots.length) {
      grow();
    }
    put(key, line);
    return true;
  }

  /** The line of the string that is this number behind its leading 1; 0 when it is not there. */
  int line(long key) {
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      if (slots[slot] == key) {
        return lines[slot];
      }
      slot = slot + 1 & mask;
    }
    return 0;
  }

  int size() {
    return size;
  }

  /** How many of its strings have so many digits. */
  int size(int digits) {
    return byLength[digits];
  }

  private void put(long key, int line) {
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = key;
    lines[slot] = line;
  }

  private void grow() {
    long[] oldSlots = slots;
    int[] oldLines = lines;
    slots = new long[oldSlots.length * 2];
    lines = new int[oldSlots.length * 2];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        put(oldSlots[i], oldLines[i]);
      }
    }
  }

  private static int slot(long key, int mask) {
    long mixed = key * MIX;
    return (int) (mixed ^ mixed >>> 32) & mask;
  }
}
