package vellum.core.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last rejections of one stream, 1,000 at most, by ascending sequence. Used by one thread. */
final class RecentRejections {

  static final int MAX = 1_000;

  private static final long[] NO_SEQUENCES = {};
  private static final int[] NO_CODES = {};

  private long[] sequences = NO_SEQUENCES;
  private int[] codes = NO_CODES;
  private int count;

  void add(long sequence, int code) {
    if (count == sequences.length) {
      makeRoom();
    }
    sequences[count] = sequence;
    codes[count] = code;
    count++;
  }

  /** Grows to twice the bound, so that forgetting the older half is rare. */
  private void makeRoom() {
    if (count < 2 * MAX) {
      int capacity = Math.min(2 * MAX, Math.max(4, 2 * count));
      sequences = Arrays.copyOf(sequences, capacity);
      codes = Arrays.copyOf(codes, capacity);
      return;
    }
    System.arraycopy(sequences, count - MAX, sequences, 0, MAX);
    System.arraycopy(codes, count - MAX, codes, 0, MAX);
    count = MAX;
  }

  int size() {
    return Math.min(count, MAX);
  }

  long sequence(int i) {
    return sequences[count - size() + i];
  }

  int code(int i) {
    return codes[count - size() + i];
  }

  List<StreamLease.StreamRejection> after(long sequence) {
    List<StreamLease.StreamRejection> found = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (sequence(i) > sequence) {
        found.add(new StreamLease.StreamRejection(sequence(i), code(i)));
      }
    }
    return found;
  }

  void clear() {
    sequences = NO_SEQUENCES;
    codes = NO_CODES;
    count = 0;
  }
}
