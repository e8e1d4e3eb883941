package vellum.core.billing;

/**
 * Tests rows, sealed or stripped, against a {@link CellFilter}: a row is meant when one of its
 * cells is. Cells are made as the cubes make them, so that the rows that are found are exactly
 * those that were counted. Not thread-safe.
 */
public final class RowMatch {

  private final byte cube;
  private final CellMatch match;
  private final RowCells cells = new RowCells();

  public RowMatch(CellFilter filter) {
    this.cube = (byte) filter.cube().id();
    this.match = filter.match();
  }

  /**
   * Whether one of a row's cells is meant.
   *
   * @param second of started_at, since the epoch
   */
  public boolean matches(byte[] row, long second) {
    return matches(row, row.length, second);
  }

  /** The same of a row that is the first bytes of an array. */
  public boolean matches(byte[] row, int length, long second) {
    cells.read(row, 0, length, second);
    byte[] keys = cells.keys();
    for (int i = 0; i < cells.size(); i++) {
      int offset = cells.keyOffset(i);
      if (keys[offset] == cube && match.matches(keys, offset, cells.keyLength(i))) {
        return true;
      }
    }
    return false;
  }
}
