package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.Bytes;

/**
 * A cursor over runs of {@link SubjectKey}s, each sorted and without gaps, as if they were one; a
 * key that is in several is handed out once. Not thread-safe.
 */
final class SubjectRuns {

  private static final int WIDTH = SubjectKey.BYTES;

  private final byte[][] runs;
  private final int[] next;
  private byte[] key = new byte[0];
  private int offset;

  /** Stands before the first key. */
  SubjectRuns(List<byte[]> runs) {
    this.runs = runs.toArray(byte[][]::new);
    this.next = new int[runs.size()];
  }

  /**
   * Runs with one more. Those that are not larger are merged with it first: so there are few, each
   * larger than the next, and a key is moved once for each doubling.
   */
  static List<byte[]> with(List<byte[]> runs, byte[] more) {
    List<byte[]> all = new ArrayList<>(runs);
    byte[] last = more;
    while (!all.isEmpty() && all.get(all.size() - 1).length <= last.length) {
      last = merge(all.remove(all.size() - 1), last);
    }
    all.add(last);
    return List.copyOf(all);
  }

  /** Runs without keys that are in another one. */
  static List<byte[]> without(List<byte[]> runs, byte[] dropped) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] run : runs) {
      byte[] left = new byte[run.length];
      int size = 0;
      for (int from = 0; from < run.length; from += WIDTH) {
        if (!contains(dropped, run, from)) {
          System.arraycopy(run, from, left, size, WIDTH);
          size += WIDTH;
        }
      }
      if (size > 0) {
        all.add(size == run.length ? run : Arrays.copyOf(left, size));
      }
    }
    return List.copyOf(all);
  }

  /** Whether a run has a key. */
  static boolean contains(byte[] run, byte[] key, int offset) {
    int at = search(run, key, offset);
    return at < run.length && compare(run, at, key, offset) == 0;
  }

  /** Where the first key of a run is that is not less. */
  private static int search(byte[] run, byte[] key, int offset) {
    int from = 0;
    int to = run.length / WIDTH;
    while (from < to) {
      int middle = from + to >>> 1;
      if (compare(run, middle * WIDTH, key, offset) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from * WIDTH;
  }

  static byte[] merge(byte[] one, byte[] other) {
    byte[] merged = new byte[one.length + other.length];
    int left = 0;
    int right = 0;
    int out = 0;
    while (left < one.length && right < other.length) {
      if (compare(one, left, other, right) <= 0) {
        System.arraycopy(one, left, merged, out, WIDTH);
        left += WIDTH;
      } else {
        System.arraycopy(other, right, merged, out, WIDTH);
        right += WIDTH;
      }
      out += WIDTH;
    }
    System.arraycopy(one, left, merged, out, one.length - left);
    System.arraycopy(other, right, merged, out + one.length - left, other.length - right);
    return merged;
  }

  private static int compare(byte[] one, int from, byte[] other, int otherFrom) {
    int order = Long.compareUnsigned(Bytes.getLong(one, from), Bytes.getLong(other, otherFrom));
    return order != 0
        ? order
        : Arrays.compareUnsigned(one, from, from + WIDTH, other, otherFrom, otherFrom + WIDTH);
  }

  /** Goes before the first key that is not less. */
  void seek(byte[] wanted) {
    for (int i = 0; i < runs.length; i++) {
      next[i] = search(runs[i], wanted, 0);
    }
  }

  /** Moves to the next key; false at the end. */
  boolean next() {
    int least = -1;
    for (int i = 0; i < runs.length; i++) {
      if (next[i] < runs[i].length
          && (least < 0 || compare(runs[i], next[i], runs[least], next[least]) < 0)) {
        least = i;
      }
    }
    if (least < 0) {
      return false;
    }
    key = runs[least];
    offset = next[least];
    for (int i = 0; i < runs.length; i++) {
      while (next[i] < runs[i].length && compare(runs[i], next[i], key, offset) == 0) {
        next[i] += WIDTH;
      }
    }
    return true;
  }

  /** The array that holds the key at hand. */
  byte[] bytes() {
    return key;
  }

  int offset() {
    return offset;
  }
}
