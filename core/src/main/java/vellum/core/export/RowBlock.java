package vellum.core.export;

import java.util.function.BooleanSupplier;

/** Some rows of a source, as they were read one after the other. Not thread-safe; reused. */
final class RowBlock {

  /** Rows that it has room for: few enough to stay in a processor's cache. */
  static final int ROWS = 64;

  private final Cells[] rows = new Cells[ROWS];
  private int count;
  private int permille;

  RowBlock(RowSource source) {
    for (int i = 0; i < ROWS; i++) {
      rows[i] = new Cells(source.columns());
    }
  }

  /** Reads rows, as many as there is room for; fewer at the end, or when it is stopped. */
  RowBlock fill(RowSource source, BooleanSupplier stopped) {
    count = 0;
    while (count < ROWS && !stopped.getAsBoolean() && source.next(rows[count])) {
      count++;
    }
    permille = source.permille();
    return this;
  }

  /** Its rows are the first {@link #count}. */
  Cells[] rows() {
    return rows;
  }

  int count() {
    return count;
  }

  /** How much of the way was gone behind its last row, in thousandths. */
  int permille() {
    return permille;
  }
}
