package vellum.ingest.demo;

import java.util.Arrays;

/**
 * A set of digit strings of 7 to 17 digits, by open addressing over longs. Not thread-safe.
 *
 * <p>A string is kept as the number that it makes behind a leading 1, so that leading zeros and
 * lengths stay apart: "0049" is 10049.
 */
final class DigitSet {

  static final int LEAST_DIGITS = 7;
  static final int MOST_DIGITS = 17;

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private long[] slots = new long[FIRST_CAPACITY];
  private final int[] byLength = new int[MOST_DIGITS + 1];
  private int size;

  /** Adds a string of digits; false when it has too few or too many to be one of these. */
  boolean add(String digits) {
    if (digits.length() < LEAST_DIGITS || digits.length() > MOST_DIGITS) {
      return false;
    }
    long key = 1;
    for (int i = 0; i < digits.length(); i++) {
      key = key * 10 + (digits.charAt(i) - '0');
    }
    if (!contains(key)) {
      byLength[digits.length()]++;
      size++;
      if (size * 2 > slots.length) {
        grow();
      }
      put(key);
    }
    return true;
  }

  /** Whether it holds the string that is this number behind its leading 1. */
  boolean contains(long key) {
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      if (slots[slot] == key) {
        return true;
      }
      slot = slot + 1 & mask;
    }
    return false;
  }

  int size() {
    return size;
  }

  /** How many of its strings have so many digits. */
  int size(int digits) {
    return byLength[digits];
  }

  private void put(long key) {
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = key;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    Arrays.stream(old).filter(key -> key != 0).forEach(this::put);
  }

  private static int slot(long key, int mask) {
    long mixed = key * MIX;
    return (int) (mixed ^ mixed >>> 32) & mask;
  }
}
