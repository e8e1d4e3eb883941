package vellum.core.apply;

import java.util.Arrays;
import vellum.core.record.Bytes;

/**
 * The order of keys of one width (of records, of the subject index) that lie one behind the other:
 * a stable merge sort of their numbers, so that messages of one record stay in the order in which
 * they came. Arrivals are nearly sorted by time, and runs that are in order already are not
 * touched. The first eight bytes of each key are read once; they decide most comparisons. Not
 * thread-safe; reused.
 */
final class KeyOrder {

  private final int keyBytes;
  private byte[] keys = new byte[0];
  private long[] heads = new long[0];
  private int[] order = new int[0];
  private int[] spare = new int[0];

  /**
   * @param keyBytes width of a key, at least 8
   */
  KeyOrder(int keyBytes) {
    this.keyBytes = keyBytes;
  }

  /** Numbers of the keys in ascending order of the keys; valid up to {@code count}. */
  int[] sort(byte[] newKeys, int count) {
    keys = newKeys;
    if (order.length < count) {
      heads = new long[count * 2];
      order = new int[count * 2];
      spare = new int[count * 2];
    }
    for (int i = 0; i < count; i++) {
      order[i] = i;
      // With the sign turned, signed comparison is that of unsigned bytes.
      heads[i] = Bytes.getLong(keys, i * keyBytes) ^ Long.MIN_VALUE;
    }
    for (int width = 1; width < count; width *= 2) {
      for (int from = 0; from + width < count; from += 2 * width) {
        merge(from, from + width, Math.min(from + 2 * width, count));
      }
    }
    return order;
  }

  private void merge(int from, int middle, int end) {
    if (compare(order[middle - 1], order[middle]) <= 0) {
      return;
    }
    System.arraycopy(order, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    int out = from;
    while (left < middle) {
      if (right == end || compare(spare[left], order[right]) <= 0) {
        order[out++] = spare[left++];
      } else {
        order[out++] = order[right++];
      }
    }
  }

  /** Whether two of the keys sorted last are the same. */
  boolean isSame(int one, int other) {
    return compare(one, other) == 0;
  }

  private int compare(int one, int other) {
    long a = heads[one];
    long b = heads[other];
    return a != b ? Long.compare(a, b) : compareTails(one * keyBytes, other * keyBytes);
  }

  private int compareTails(int one, int other) {
    int i = Long.BYTES;
    for (; i <= keyBytes - Long.BYTES; i += Long.BYTES) {
      long a = Bytes.getLong(keys, one + i);
      long b = Bytes.getLong(keys, other + i);
      if (a != b) {
        return Long.compareUnsigned(a, b);
      }
    }
    return Arrays.compareUnsigned(keys, one + i, one + keyBytes, keys, other + i, other + keyBytes);
  }
}
