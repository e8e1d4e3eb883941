package vellum.core.apply;

import vellum.core.billing.RowCells;
import vellum.core.seal.RowReader;

/**
 * A row that a record had or has, and what it counts in, which is read when it is asked for. The
 * row's bytes stay as they are while its batch is resolved. Not thread-safe; reused.
 */
final class SeenRow {

  private final RowCells cells = new RowCells();
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private long second;
  private boolean isRead;

  /** There is no row, and it counts in nothing. */
  void none() {
    cells.clear();
    isRead = true;
  }

  void is(byte[] row, int at, int bytesOfRow, long startedSecond) {
    bytes = row;
    offset = at;
    length = bytesOfRow;
    second = startedSecond;
    isRead = false;
  }

  /** Lets a reader go over a row that there is. */
  RowReader read(RowReader reader) {
    return reader.over(bytes, offset, length);
  }

  RowCells cells() {
    if (!isRead) {
      cells.read(bytes, offset, length, second);
      isRead = true;
    }
    return cells;
  }
}
