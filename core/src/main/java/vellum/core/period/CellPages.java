package vellum.core.period;

import java.util.Arrays;
import java.util.Comparator;
import vellum.core.billing.CellMap;

/**
 * Cells in the order of the {@link CellPage}s that they lie in, and pages in that of their keys.
 * Pages are found by hash and cells counted into them: nothing compares the keys of cells. Not
 * thread-safe; reused.
 */
final class CellPages {

  private final int pagesOfADay;

  /** From the key of a page to its number by arrival; sums are not used. */
  private final CellMap pages = new CellMap();

  private byte[] key = new byte[1 << 9];
  private int[] pageOf = new int[64];
  private int[] cells = new int[64];
  private int[] ends = new int[64];
  private Integer[] order = new Integer[0];

  /**
   * @param pagesOfADay that the cells of a party and day are spread over, a power of two; on disk
   */
  CellPages(int pagesOfADay) {
    this.pagesOfADay = pagesOfADay;
  }

  /** Takes the cells of a map that are not zero. */
  void sort(CellMap map) {
    pages.clear();
    int size = map.size();
    if (pageOf.length < size) {
      pageOf = new int[2 * size];
      cells = new int[2 * size];
    }
    for (int cell = 0; cell < size; cell++) {
      pageOf[cell] = map.isZero(cell) ? -1 : page(map, cell);
    }
    sortPages();
    count(size);
    for (int cell = size - 1; cell >= 0; cell--) {
      if (pageOf[cell] >= 0) {
        cells[--ends[pageOf[cell]]] = cell;
      }
    }
  }

  /** The number of a cell's page by arrival. */
  private int page(CellMap map, int cell) {
    byte[] keys = map.keys();
    int offset = map.keyOffset(cell);
    int prefix = CellPage.prefixLength(keys, offset);
    if (key.length <= prefix) {
      key = new byte[2 * prefix];
    }
    System.arraycopy(keys, offset, key, 0, prefix);
    key[prefix] = (byte) CellPage.number(keys, offset, map.keyLength(cell), pagesOfADay);
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

  /** Where the cells of each page end. */
  private void count(int size) {
    if (ends.length <= order.length) {
      ends = new int[2 * order.length];
    }
    Arrays.fill(ends, 0, order.length, 0);
    for (int cell = 0; cell < size; cell++) {
      if (pageOf[cell] >= 0) {
        ends[pageOf[cell]]++;
      }
    }
    int end = 0;
    for (Integer page : order) {
      end += ends[page];
      ends[page] = end;
    }
    ends[order.length] = end;
  }

  /** Pages; they are counted from 0 in the order of their keys. */
  int size() {
    return order.length;
  }

  /** The key of a page. */
  byte[] key(int page) {
    int offset = pages.keyOffset(order[page]);
    return Arrays.copyOfRange(pages.keys(), offset, offset + pages.keyLength(order[page]));
  }

  /** Where the cells of a page begin; those of the next one begin where they end. */
  int from(int page) {
    return page == order.length ? ends[page] : ends[order[page]];
  }

  /** The number of a cell in its map. */
  int cell(int at) {
    return cells[at];
  }
}
