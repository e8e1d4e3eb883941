package vellum.core.billing;

import java.util.Arrays;
import vellum.core.record.Bytes;

/**
 * Cells in the heap: from the bytes of a key to sums. Open addressing over two arrays, so that a
 * change makes no object and touches little memory: an index, and an arena in which all that a cell
 * has lies in one piece. Bounded; cells are forgotten all at once. Not thread-safe.
 *
 * <pre>
 *   slot of the index: i32 hash | i32 where the cell starts in the arena, plus 1; 0 when empty
 *   cell, as {@link CellArena} keeps it: number, hash, sums, key
 * </pre>
 */
public final class CellMap {

  private static final int INITIAL_SLOTS = 128;
  private static final int MOST_CELLS = 1 << 24;

  /** What a cell takes in the index, two to four slots, at least. */
  private static final long SLOT_BYTES = 2 * Long.BYTES;

  /** Cells that take more than this give it back when they are forgotten. */
  private static final int KEPT_BYTES = 4 << 20;

  /** One cell in so many slots is few. */
  private static final int FEW = 32;

  private final int maxCells;
  private final CellArena arena = new CellArena();
  private long[] index = new long[INITIAL_SLOTS];

  /** A map of up to 16 million cells. */
  public CellMap() {
    this(MOST_CELLS);
  }

  /**
   * @param maxCells beyond which no cell is added, 1 to 16,777,216
   */
  public CellMap(int maxCells) {
    if (maxCells < 1 || maxCells > MOST_CELLS) {
      throw new IllegalArgumentException("cells must be 1 to " + MOST_CELLS + ": " + maxCells);
    }
    this.maxCells = maxCells;
  }

  /** Cells, those that came to zero included. */
  public int size() {
    return arena.cells();
  }

  /** About what the cells take in memory; arrays that grew may have room for as much again. */
  public long bytes() {
    return arena.bytes() + SLOT_BYTES * size();
  }

  /**
   * The cell of a key, made with zero when it is not there: its number, good until {@link #clear}.
   *
   * @throws IllegalStateException when the map is full
   */
  public int cell(byte[] key, int offset, int length) {
    return arena.number(at(hash(key, offset, length), key, offset, length));
  }

  /** The number of the cell of a key, or -1. */
  public int find(byte[] key, int offset, int length) {
    long found = index[slot(hash(key, offset, length), key, offset, length)];
    return found == 0 ? -1 : arena.number((int) found - 1);
  }

  /** Where the cell of a key starts, made when it is not there. */
  private int at(int hash, byte[] key, int offset, int length) {
    int slot = slot(hash, key, offset, length);
    long found = index[slot];
    return found != 0 ? (int) found - 1 : insert(slot, hash, key, offset, length);
  }

  /** The slot of a key, or the empty one that it would take. */
  private int slot(int hash, byte[] key, int offset, int length) {
    int mask = index.length - 1;
    int slot = hash & mask;
    while (index[slot] != 0) {
      if (hashOf(index[slot]) == hash && arena.isKey((int) index[slot] - 1, key, offset, length)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int hashOf(long slot) {
    return (int) (slot >>> Integer.SIZE);
  }

  private int insert(int slot, int hash, byte[] key, int offset, int length) {
    if (size() == maxCells) {
      throw new IllegalStateException("more than " + maxCells + " cells");
    }
    int at = arena.add(hash, key, offset, length);
    index[slot] = (long) hash << Integer.SIZE | at + 1;
    if (2 * size() > index.length) {
      spread();
    }
    return at;
  }

  private void spread() {
    long[] old = index;
    index = new long[2 * old.length];
    int mask = index.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int slot = hashOf(entry) & mask;
        while (index[slot] != 0) {
          slot = slot + 1 & mask;
        }
        index[slot] = entry;
      }
    }
  }

  private static int hash(byte[] key, int offset, int length) {
    long hash = length * 0x9E37_79B9_7F4A_7C15L;
    int i = offset;
    int end = offset + length;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      hash = mix(hash ^ Bytes.getLong(key, i));
    }
    if (length >= Long.BYTES) {
      // The last eight bytes, some of them for the second time.
      hash = mix(hash ^ Bytes.getLong(key, end - Long.BYTES));
    } else {
      long tail = 0;
      for (; i < end; i++) {
        tail = tail << 8 | key[i] & 0xFF;
      }
      hash = mix(hash ^ tail);
    }
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    long mixed = value * 0xBF58_476D_1CE4_E5B9L;
    return mixed ^ mixed >>> 29;
  }

  CellArena arena() {
    return arena;
  }

  /** Array that holds the keys; another one after a cell was added. */
  public byte[] keys() {
    return arena.array();
  }

  /** Where the key of a cell starts. */
  public int keyOffset(int cell) {
    return CellArena.keyOffset(arena.at(cell));
  }

  public int keyLength(int cell) {
    return arena.keyLength(arena.at(cell));
  }

  public boolean isZero(int cell) {
    return arena.isZero(arena.at(cell));
  }

  /** Takes away all that a cell has. */
  public void setZero(int cell) {
    arena.setZero(arena.at(cell));
  }

  /** Adds what one row has under a key, or takes it away. */
  void add(byte[] key, int offset, int length, long[] row, int from, boolean negative) {
    arena.addRow(at(hash(key, offset, length), key, offset, length), row, from, negative);
  }

  /** Adds to a cell. */
  public void add(byte[] key, int offset, int length, Measures measures) {
    measures.addTo(arena, at(hash(key, offset, length), key, offset, length));
  }

  /** Adds to the cell of a number. */
  public void add(int cell, Measures measures) {
    measures.addTo(arena, arena.at(cell));
  }

  /** Takes from a cell. */
  public void subtract(byte[] key, int offset, int length, Measures measures) {
    measures.subtractFrom(arena, at(hash(key, offset, length), key, offset, length));
  }

  /** Adds all cells of another map that are not zero. */
  public void addAll(CellMap other) {
    int cells = other.size();
    for (int i = 0; i < cells; i++) {
      int there = other.arena.at(i);
      if (!other.arena.isZero(there)) {
        addCell(other, there);
      }
    }
  }

  /** Adds a cell of another map; returns the number that it has here. */
  public int addFrom(CellMap other, int cell) {
    return arena.number(addCell(other, other.arena.at(cell)));
  }

  /** Adds a cell of another map under its key without the first bytes of it. */
  public void addFrom(CellMap other, int cell, int without) {
    CellArena from = other.arena;
    int there = from.at(cell);
    int offset = CellArena.keyOffset(there) + without;
    int length = from.keyLength(there) - without;
    arena.add(at(hash(from.array(), offset, length), from.array(), offset, length), from, there);
  }

  private int addCell(CellMap other, int there) {
    CellArena from = other.arena;
    int here =
        at(from.hash(there), from.array(), CellArena.keyOffset(there), from.keyLength(there));
    arena.add(here, from, there);
    return here;
  }

  /** Puts the sums of a cell into {@code measures}, in place of what they hold. */
  public Measures measures(int cell, Measures measures) {
    measures.setTo(arena, arena.at(cell));
    return measures;
  }

  /** Hands out the cells of a range that are not zero, in no order. */
  public void forEach(CellRange range, CellSink sink) {
    CellBounds bounds = new CellBounds(range);
    Measures measures = new Measures();
    for (int i = 0; i < size(); i++) {
      if (!isZero(i) && bounds.holds(keys(), keyOffset(i))) {
        sink.cell(keys(), keyOffset(i), keyLength(i), measures(i, measures));
      }
    }
  }

  /** Whether no cell is other than zero. */
  public boolean isEmpty() {
    for (int i = 0; i < size(); i++) {
      if (!isZero(i)) {
        return false;
      }
    }
    return true;
  }

  /** Forgets all cells. What many of them took is given back. */
  public void clear() {
    if (bytes() > KEPT_BYTES) {
      index = new long[INITIAL_SLOTS];
      arena.release();
    } else if (size() > 0) {
      clearIndex();
      arena.clear();
    }
  }

  /** Of few cells slot by slot: the index may be that of a larger batch. */
  private void clearIndex() {
    if (size() > index.length / FEW) {
      Arrays.fill(index, 0);
      return;
    }
    int mask = index.length - 1;
    for (int i = 0; i < size(); i++) {
      int at = arena.at(i);
      int slot = arena.hash(at) & mask;
      while ((int) index[slot] != at + 1) {
        slot = slot + 1 & mask;
      }
      index[slot] = 0;
    }
  }
}
