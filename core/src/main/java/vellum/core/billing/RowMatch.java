package vellum.core.billing;

import java.util.ArrayList;
import java.util.List;

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
    for (int i = 0; i < cells.size(); i++) {
      if (isMeant(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMeant(int cell) {
    byte[] keys = cells.keys();
    int offset = cells.keyOffset(cell);
    return keys[offset] == cube && match.matches(keys, offset, cells.keyLength(cell));
  }

  /** Numbers of the legs of a row whose cells are meant, in their order; of sales none. */
  public List<Integer> legs(byte[] row, long second) {
    cells.read(row, 0, row.length, second);
    List<Integer> legs = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (cells.leg(i) > 0 && isMeant(i)) {
        legs.add(cells.leg(i));
      }
    }
    return legs;
  }
}
