package vellum.ingest.scan;

import java.util.function.IntPredicate;

/**
 * Finds runs of at least so many bytes of one kind. It looks at one byte of every so many only, and
 * at all around it when that one is of the kind: most bytes of a disk are never looked at. Not
 * thread-safe.
 */
final class Runs {

  private final boolean[] kind = new boolean[256];
  private final int least;
  private int end;

  Runs(int least, IntPredicate isOfKind) {
    this.least = least;
    for (int b = 0; b < kind.length; b++) {
      kind[b] = isOfKind.test(b);
    }
  }

  /** Where the first whole run within the bounds begins; -1 when there is none. */
  int find(byte[] bytes, int from, int to) {
    int next = from;
    while (next + least <= to) {
      int probe = next + least - 1;
      if (!kind[bytes[probe] & 0xFF]) {
        next = probe + 1;
        continue;
      }
      int start = probe;
      while (start > next && kind[bytes[start - 1] & 0xFF]) {
        start--;
      }
      int after = probe + 1;
      while (after < to && kind[bytes[after] & 0xFF]) {
        after++;
      }
      if (after - start >= least) {
        end = after;
        return start;
      }
      next = after + 1;
    }
    return -1;
  }

  /** Where the run that was found last ends. */
  int end() {
    return end;
  }
}
