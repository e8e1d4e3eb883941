package vellum.core.apply;

import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;

/**
 * The order of keys of 24 bytes (of records, of the subject index) that lie one behind the other: a
 * stable merge sort of their numbers, so that messages of one record stay in the order in which
 * they came. Arrivals are nearly sorted by time, and runs that are in order already are not
 * touched. Not thread-safe; reused.
 */
final class KeyOrder {

  private int[] order = new int[0];
  private int[] spare = new int[0];

  /** Numbers of the keys in ascending order of the keys; valid up to {@code count}. */
  int[] sort(byte[] keys, int count) {
    if (order.length < count) {
      order = new int[count * 2];
      spare = new int[count * 2];
    }
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int width = 1; width < count; width *= 2) {
      for (int from = 0; from + width < count; from += 2 * width) {
        merge(keys, from, from + width, Math.min(from + 2 * width, count));
      }
    }
    return order;
  }

  private void merge(byte[] keys, int from, int middle, int end) {
    if (compare(keys, order[middle - 1], order[middle]) <= 0) {
      return;
    }
    System.arraycopy(order, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    int out = from;
    while (left < middle) {
      if (right == end || compare(keys, spare[left], order[right]) <= 0) {
        order[out++] = spare[left++];
      } else {
        order[out++] = order[right++];
      }
    }
  }

  /** Compares two keys by unsigned bytes. */
  static int compare(byte[] keys, int one, int other) {
    int a = one * RecordKey.BYTES;
    int b = other * RecordKey.BYTES;
    for (int i = 0; i < RecordKey.BYTES; i += Long.BYTES) {
      int order = Long.compareUnsigned(Bytes.getLong(keys, a + i), Bytes.getLong(keys, b + i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
