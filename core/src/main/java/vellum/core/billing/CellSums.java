package vellum.core.billing;

/** Sums of 128 bits in arrays of longs, high before low, as a {@link CellMap} keeps them. */
final class CellSums {

  /** Sums of a cell. */
  static final int SUMS = 5;

  static final int LONGS = 2 * SUMS;

  private CellSums() {}

  /** Adds {@link #SUMS} numbers of 64 bits, or takes them away. */
  static void addRow(long[] sums, int at, long[] row, int offset, boolean negative) {
    for (int i = 0; i < SUMS; i++) {
      long value = row[offset + i];
      if (value != 0) {
        int sum = at + 2 * i;
        if (negative) {
          subtract(sums, sum, value >> 63, value);
        } else {
          add(sums, sum, value >> 63, value);
        }
      }
    }
  }

  static void add(long[] sums, int at, long[] others, int offset) {
    for (int i = 0; i < LONGS; i += 2) {
      add(sums, at + i, others[offset + i], others[offset + i + 1]);
    }
  }

  static void add(long[] sums, int at, long high, long low) {
    long sum = sums[at + 1] + low;
    sums[at + 1] = sum;
    sums[at] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
  }

  static void subtract(long[] sums, int at, long high, long low) {
    long before = sums[at + 1];
    sums[at + 1] = before - low;
    sums[at] -= high + (Long.compareUnsigned(before, low) < 0 ? 1 : 0);
  }

  static boolean isZero(long[] sums, int at) {
    long any = 0;
    for (int i = at; i < at + LONGS; i++) {
      any |= sums[i];
    }
    return any == 0;
  }
}
