package vellum.bench.process;

import java.util.Arrays;

/** Times of equal things, of which there are few enough to keep them all. For one thread. */
public final class Times {

  private static final double MILLIS = 1e6;

  private long[] nanos = new long[256];
  private int size;

  public void add(long time) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = time;
  }

  public int size() {
    return size;
  }

  /** The time, in milliseconds, that so many per cent do not exceed; NaN when there are none. */
  public double millisAt(double percent) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * size);
    return sorted[Math.max(0, Math.min(size, rank) - 1)] / MILLIS;
  }
}
