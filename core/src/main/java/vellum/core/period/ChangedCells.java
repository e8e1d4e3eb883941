package vellum.core.period;

import java.util.Arrays;
import vellum.core.billing.CellBounds;
import vellum.core.billing.CellKeys;
import vellum.core.billing.CellList;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;

/**
 * Cells that changed since they were written, and by how much. Those of one party are chained, so
 * that who asks for one party looks at few of the others. Not thread-safe.
 *
 * <pre>
 *   bucket of a party → the number of its last cell → the one before, of the same bucket → ... → 0
 * </pre>
 */
final class ChangedCells {

  private static final int BUCKETS = 1 << 12;

  /** Cells beyond which the arrays are let go when the cells are forgotten. */
  private static final int MOST_KEPT = 1 << 16;

  private final int[] buckets = new int[BUCKETS];
  private int[] before = new int[64];
  private CellMap cells = new CellMap();
  private int chained;

  /** The changes; they are added to by {@link #add} only. */
  CellMap cells() {
    return cells;
  }

  int size() {
    return cells.size();
  }

  /** About what the changes take in the heap. */
  long bytes() {
    return cells.bytes() + (long) cells.size() * Integer.BYTES;
  }

  void add(CellMap more) {
    cells.addAll(more);
    if (before.length <= cells.size()) {
      before = Arrays.copyOf(before, 2 * cells.size());
    }
    for (; chained < cells.size(); chained++) {
      int bucket = bucket(chained);
      before[chained] = buckets[bucket];
      buckets[bucket] = chained + 1;
    }
  }

  private int bucket(int cell) {
    byte[] keys = cells.keys();
    int offset = cells.keyOffset(cell);
    int from = CellKeys.partyOffset(offset);
    return bucket(keys, from, from + CellKeys.partyLength(keys, offset));
  }

  private static int bucket(byte[] party, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + party[i];
    }
    return (hash ^ hash >>> 12) & BUCKETS - 1;
  }

  /** Copies what is in a range and not zero. */
  void copy(CellRange range, CellBounds bounds, CellList to) {
    if (range.party() == null) {
      for (int i = 0; i < cells.size(); i++) {
        copy(i, bounds, to);
      }
      return;
    }
    byte[] party = bounds.party();
    int last = buckets[bucket(party, 0, party.length)];
    for (int number = last; number != 0; number = before[number - 1]) {
      copy(number - 1, bounds, to);
    }
  }

  private void copy(int cell, CellBounds bounds, CellList to) {
    if (bounds.holds(cells.keys(), cells.keyOffset(cell)) && !cells.isZero(cell)) {
      to.add(cells, cell);
    }
  }

  /** Takes away what a cell changed by: it is written. */
  void written(int cell) {
    cells.setZero(cell);
  }

  void clear() {
    if (cells.size() > MOST_KEPT) {
      cells = new CellMap();
      before = new int[64];
    } else {
      cells.clear();
    }
    Arrays.fill(buckets, 0);
    chained = 0;
  }
}
