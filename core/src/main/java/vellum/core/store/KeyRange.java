package vellum.core.store;

import java.util.Arrays;

/**
 * Keys from one to another, both included. The arrays are not to be changed.
 *
 * @param last not below {@code first}
 */
public record KeyRange(byte[] first, byte[] last) {

  public KeyRange {
    if (Arrays.compareUnsigned(first, last) > 0) {
      throw new IllegalArgumentException("a range of keys ends before it begins");
    }
  }

  /** One key. */
  public static KeyRange of(byte[] key) {
    return new KeyRange(key, key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRange that
        && Arrays.equals(first, that.first)
        && Arrays.equals(last, that.last);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + Arrays.hashCode(last);
  }
}
