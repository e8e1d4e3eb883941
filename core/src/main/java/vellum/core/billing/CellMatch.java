package vellum.core.billing;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;

/** Tests cells against a {@link CellFilter} by the bytes of their keys. Not thread-safe. */
public final class CellMatch {

  private final int fromDay;
  private final int toDay;
  private final CellSlices slices;
  private final Dimension[] dimensions;

  /** The values for each of {@link #dimensions}, in the order of their bytes. */
  private final byte[][][] values;

  CellMatch(CellFilter filter) {
    this.fromDay = filter.fromDay();
    this.toDay = filter.toDay();
    this.slices = new CellSlices(filter.cube());
    this.dimensions = filter.where().keySet().toArray(new Dimension[0]);
    this.values = new byte[dimensions.length][][];
    int i = 0;
    for (Map.Entry<Dimension, SortedSet<String>> entry : filter.where().entrySet()) {
      values[i++] =
          entry.getValue().stream()
              .map(entry.getKey()::bytes)
              .sorted(Arrays::compareUnsigned)
              .toArray(byte[][]::new);
    }
  }

  /** Whether the filter means a cell of its cube. */
  public boolean matches(byte[] key, int offset, int length) {
    slices.over(key, offset, length);
    if (slices.day() < fromDay || slices.day() >= toDay) {
      return false;
    }
    for (int i = 0; i < dimensions.length; i++) {
      if (!isOneOf(values[i], dimensions[i])) {
        return false;
      }
    }
    return true;
  }

  /** The parts of the key that was tested last. */
  CellSlices slices() {
    return slices;
  }

  private boolean isOneOf(byte[][] sorted, Dimension dimension) {
    byte[] bytes = slices.bytes(dimension);
    int from = slices.offset(dimension);
    int to = from + slices.length(dimension);
    int low = 0;
    int high = sorted.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] value = sorted[middle];
      int order = Arrays.compareUnsigned(value, 0, value.length, bytes, from, to);
      if (order == 0) {
        return true;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }
}
