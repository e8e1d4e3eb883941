package vellum.core.store;

import java.util.Arrays;

/**
 * The first eight bytes of a hashed key. A scan within one prefix asks the filters and skips every
 * file without it; any other scan of a hashed table looks into all of them.
 */
final class Prefix {

  private Prefix() {}

  /** Whether all keys from {@code from} up to, without, {@code to} have one prefix. */
  static boolean spans(byte[] from, byte[] to) {
    int bytes = Column.PREFIX_BYTES;
    if (from.length < bytes || to.length < bytes) {
      return false;
    }
    if (Arrays.equals(from, 0, bytes, to, 0, bytes)) {
      return true;
    }
    byte[] successor = Arrays.copyOf(from, bytes);
    int last = bytes - 1;
    while (last >= 0 && ++successor[last] == 0) {
      last--;
    }
    return last >= 0 && Arrays.equals(successor, to);
  }
}
