package vellum.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.record.RecordKey;

/**
 * References to records, sorted, each once, the smallest of them when there are too many to hold.
 * Not thread-safe.
 */
final class References {

  private final int most;
  private final byte[] behind;
  private List<byte[]> all = new ArrayList<>();
  private byte @Nullable [] bound;

  /**
   * @param most that are kept, at least 1; twice as many while they are gathered
   * @param behind key of a record; references that stand for none behind it are left out
   */
  References(int most, byte[] behind) {
    this.most = most;
    this.behind = behind;
  }

  void add(byte[] reference) {
    boolean isWanted = bound == null || Arrays.compareUnsigned(reference, bound) <= 0;
    if (isWanted && Arrays.compareUnsigned(last(reference), behind) > 0) {
      all.add(reference);
      if (all.size() >= 2 * most) {
        cut();
      }
    }
  }

  /** The greatest key that a reference may stand for. */
  static byte[] last(byte[] reference) {
    byte[] key = Arrays.copyOf(reference, RecordKey.BYTES);
    Arrays.fill(key, reference.length, key.length, (byte) 0xFF);
    return key;
  }

  /** Those that are kept, in ascending order. */
  List<byte[]> sorted() {
    cut();
    return all;
  }

  /** The last one up to which all are here; null when nothing was left out. */
  byte @Nullable [] bound() {
    return bound;
  }

  private void cut() {
    all.sort(Arrays::compareUnsigned);
    List<byte[]> kept = new ArrayList<>(Math.min(all.size(), 2 * most));
    byte[] last = null;
    for (byte[] one : all) {
      boolean isNew = last == null || !Arrays.equals(last, one);
      if (isNew && kept.size() == most) {
        bound = last;
        break;
      }
      if (isNew) {
        kept.add(one);
        last = one;
      }
    }
    all = kept;
  }
}
