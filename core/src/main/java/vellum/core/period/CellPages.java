package vellum.core.period;

import java.util.Arrays;
import java.util.Comparator;
import vellum.core.billing.CellMap;

/**
 * Changed cells in the order of the {@link CellPage}s by day that they lie in; pages that go into
 * one by month follow each other. Pages are found by hash and cells counted into them: nothing
 * compares the keys of cells. Not thread-safe; reused.
 */
final class CellPages {

  /** From cube, party, number of the page, day to the page's number by arrival; without sums. */
  private final CellMap pages = new CellMap();

  private byte[] key = new byte[1 << 9];
  private int[] pageOf = new int[64];
  private int[] cells = new int[64];
  private int[] starts = new int[64];
  private Integer[] order = new Integer[0];

  /** Takes the cells of a map that are not zero. */
  CellPages sort(CellMap map) {
    int size = map.size();
    if (pageOf.length < size) {
      pageOf = new int[2 * size];
      cells = new int[2 * size];
    }
    pages.clear();
    for (int cell = 0; cell < size; cell++) {
      pageOf[cell] = map.isZero(cell) ? -1 : page(map, cell);
    }
    sortPages();
    countCells(size);
    for (int cell = size - 1; cell >= 0; cell--) {
      if (pageOf[cell] >= 0) {
        cells[--starts[pageOf[cell]]] = cell;
      }
    }
    return this;
  }

  private int page(CellMap map, int cell) {
    byte[] keys = map.keys();
    int offset = map.keyOffset(cell);
    int prefix = CellPage.prefix(keys, offset);
    int day = prefix - Integer.BYTES;
    if (key.length <= prefix) {
      key = new byte[2 * prefix];
    }
    System.arraycopy(keys, offset, key, 0, day);
    key[day] = (byte) CellPage.number(keys, offset, map.keyLength(cell));
    System.arraycopy(keys, offset + day, key, day + 1, Integer.BYTES);
    return pages.cell(key, 0, prefix + 1);
  }

  private void sortPages() {
    order = new Integer[pages.size()];
    Arrays.setAll(order, page -> page);
    byte[] keys = pages.keys();
    Comparator<Integer> byKey =
        (one, other) ->
            Arrays.compareUnsigned(
                keys,
                pages.keyOffset(one),
                pages.keyOffset(one) + pages.keyLength(one),
                keys,
                pages.keyOffset(other),
                pages.keyOffset(other) + pages.keyLength(other));
    Arrays.sort(order, byKey);
  }

  /** Puts the end of each page's cells where its start will be. */
  private void countCells(int size) {
    if (starts.length <= order.length) {
      starts = new int[2 * order.length];
    }
    Arrays.fill(starts, 0, order.length, 0);
    for (int cell = 0; cell < size; cell++) {
      if (pageOf[cell] >= 0) {
        starts[pageOf[cell]]++;
      }
    }
    int end = 0;
    for (Integer page : order) {
      end += starts[page];
      starts[page] = end;
    }
    starts[order.length] = end;
  }

  int size() {
    return order.length;
  }

  /** The key of a page by day. */
  byte[] key(int page) {
    int offset = pages.keyOffset(order[page]);
    int last = pages.keyLength(order[page]) - 1;
    int day = last - Integer.BYTES;
    byte[] from = pages.keys();
    byte[] made = Arrays.copyOfRange(from, offset, offset + last + 1);
    System.arraycopy(from, offset + day + 1, made, day, Integer.BYTES);
    made[last] = from[offset + day];
    return made;
  }

  /** Where the cells of a page begin; those of the next one begin where they end. */
  int from(int page) {
    return starts[page == order.length ? page : order[page]];
  }

  /** The number of a cell in its map. */
  int cell(int at) {
    return cells[at];
  }
}
