package vellum.core.apply;

import java.util.Arrays;
import vellum.core.record.Bytes;

/**
 * The order of keys of one width (of records, of the subject index) that lie one behind the other:
 * a stable sort of their numbers, so that messages of one record stay in the order in which they
 * came. The first eight bytes of each key are read once and counted into place, the three highest
 * digits of 11 bits in which they differ; keys that are alike there, few as a rule, are merge
 * sorted, and runs that are in order already are not touched. Not thread-safe; reused.
 */
final class KeyOrder {

  /** Keys below which counting costs more than comparing. */
  private static final int FEW = 128;

  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;
  private static final int TOP_DIGIT = 55;
  private static final int MOST_PASSES = 3;

  private final int keyBytes;
  private final int[] counts = new int[DIGITS];
  private final int[] shifts = new int[MOST_PASSES];
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
    long differing = 0;
    for (int i = 0; i < count; i++) {
      order[i] = i;
      heads[i] = Bytes.getLong(keys, i * keyBytes);
      differing |= heads[i] ^ heads[0];
    }
    if (count < FEW) {
      mergeSort(0, count);
    } else {
      mergeAlike(countIntoPlace(differing, count), count);
    }
    return order;
  }

  /** Sorts by the highest digits that differ; returns where the lowest of them starts. */
  private int countIntoPlace(long differing, int count) {
    int passes = 0;
    for (int shift = TOP_DIGIT; shift >= 0 && passes < MOST_PASSES; shift -= DIGIT_BITS) {
      if ((differing >>> shift & DIGITS - 1) != 0) {
        shifts[passes++] = shift;
      }
    }
    int lowest = passes == 0 ? TOP_DIGIT : shifts[passes - 1];
    while (passes > 0) {
      countIntoPlace(shifts[--passes], count);
    }
    return lowest;
  }

  private void countIntoPlace(int shift, int count) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < count; i++) {
      counts[(int) (heads[i] >>> shift) & DIGITS - 1]++;
    }
    int start = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      int some = counts[digit];
      counts[digit] = start;
      start += some;
    }
    for (int i = 0; i < count; i++) {
      int key = order[i];
      spare[counts[(int) (heads[key] >>> shift) & DIGITS - 1]++] = key;
    }
    int[] sorted = spare;
    spare = order;
    order = sorted;
  }

  /** Sorts those whose heads are alike from a bit on. */
  private void mergeAlike(int shift, int count) {
    int from = 0;
    while (from < count) {
      long head = heads[order[from]] >>> shift;
      int to = from + 1;
      while (to < count && heads[order[to]] >>> shift == head) {
        to++;
      }
      mergeSort(from, to);
      from = to;
    }
  }

  private void mergeSort(int start, int end) {
    for (int width = 1; width < end - start; width *= 2) {
      for (int from = start; from + width < end; from += 2 * width) {
        merge(from, from + width, Math.min(from + 2 * width, end));
      }
    }
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
    return a != b ? Long.compareUnsigned(a, b) : compareTails(one * keyBytes, other * keyBytes);
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
