package vellum.core.billing;

import java.util.Arrays;
import vellum.core.record.Bytes;
import vellum.core.record.Output;

/**
 * Cells in the heap: from the bytes of a key to sums. Open addressing over flat arrays, so that a
 * change makes no object: keys lie one behind the other in an arena, sums in an array of longs.
 * Bounded; cells are forgotten all at once. Not thread-safe.
 *
 * <pre>
 *   sums of a cell: count, units, duration, amount, expected cost, of each the high, then the low 64 bits
 * </pre>
 */
public final class CellMap {

  /** What a cell without its key takes at most: sums, hash, where its key is, four slots. */
  private static final int CELL_BYTES = CellSums.LONGS * Long.BYTES + 3 * Integer.BYTES + 4 * 4;

  private static final int INITIAL_CELLS = 64;
  private static final int MOST_CELLS = 1 << 24;

  private final int maxCells;
  private final Output keys = new Output(INITIAL_CELLS * 32);
  private int[] slots = new int[2 * INITIAL_CELLS];
  private int[] keyOffsets = new int[INITIAL_CELLS + 1];
  private int[] hashes = new int[INITIAL_CELLS];
  private long[] sums = new long[INITIAL_CELLS * CellSums.LONGS];
  private int size;

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
    return size;
  }

  /** About what the cells take in memory. */
  public long bytes() {
    return (long) size * CELL_BYTES + keys.size();
  }

  /**
   * The cell of a key, made with zero when it is not there: its number, good until {@link #clear}.
   *
   * @throws IllegalStateException when the map is full
   */
  public int cell(byte[] key, int offset, int length) {
    int hash = hash(key, offset, length);
    int slot = slot(hash, key, offset, length);
    return slots[slot] != 0 ? slots[slot] - 1 : insert(slot, hash, key, offset, length);
  }

  /** The number of the cell of a key, or -1. */
  public int find(byte[] key, int offset, int length) {
    return slots[slot(hash(key, offset, length), key, offset, length)] - 1;
  }

  /** The slot of a key, or the empty one that it would take. */
  private int slot(int hash, byte[] key, int offset, int length) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int cell = slots[slot] - 1;
      if (hashes[cell] == hash && isKey(cell, key, offset, length)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isKey(int cell, byte[] key, int offset, int length) {
    return Arrays.equals(
        keys.bytes(), keyOffsets[cell], keyOffsets[cell + 1], key, offset, offset + length);
  }

  private int insert(int slot, int hash, byte[] key, int offset, int length) {
    if (size == maxCells) {
      throw new IllegalStateException("more than " + maxCells + " cells");
    }
    int cell = size++;
    keys.write(key, offset, length);
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      keyOffsets = Arrays.copyOf(keyOffsets, 2 * size + 1);
      sums = Arrays.copyOf(sums, 2 * size * CellSums.LONGS);
    }
    hashes[cell] = hash;
    keyOffsets[cell + 1] = keys.size();
    Arrays.fill(sums, cell * CellSums.LONGS, (cell + 1) * CellSums.LONGS, 0);
    slots[slot] = cell + 1;
    if (2 * size > slots.length) {
      spread();
    }
    return cell;
  }

  private void spread() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int cell = 0; cell < size; cell++) {
      int slot = hashes[cell] & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = cell + 1;
    }
  }

  private static int hash(byte[] key, int offset, int length) {
    long hash = length * 0x9E37_79B9_7F4A_7C15L;
    int i = offset;
    int end = offset + length;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      hash = mix(hash ^ Bytes.getLong(key, i));
    }
    long tail = 0;
    for (; i < end; i++) {
      tail = tail << 8 | key[i] & 0xFF;
    }
    hash = mix(hash ^ tail);
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    long mixed = value * 0xBF58_476D_1CE4_E5B9L;
    return mixed ^ mixed >>> 29;
  }

  /** Array that holds the keys. */
  public byte[] keys() {
    return keys.bytes();
  }

  /** Where the key of a cell starts. */
  public int keyOffset(int cell) {
    return keyOffsets[cell];
  }

  public int keyLength(int cell) {
    return keyOffsets[cell + 1] - keyOffsets[cell];
  }

  public boolean isZero(int cell) {
    return CellSums.isZero(sums, cell * CellSums.LONGS);
  }

  /** Adds what one row has, or takes it away. */
  void add(int cell, long[] row, int offset, boolean negative) {
    CellSums.addRow(sums, cell * CellSums.LONGS, row, offset, negative);
  }

  /** Adds to a cell. */
  public void add(byte[] key, int offset, int length, Measures measures) {
    add(cell(key, offset, length), measures);
  }

  /** Adds to the cell of a number. */
  void add(int cell, Measures measures) {
    measures.addTo(sums, cell * CellSums.LONGS);
  }

  /** Takes from a cell. */
  public void subtract(byte[] key, int offset, int length, Measures measures) {
    int cell = cell(key, offset, length);
    measures.subtractFrom(sums, cell * CellSums.LONGS);
  }

  /** Adds all cells of another map that are not zero. */
  public void addAll(CellMap other) {
    for (int i = 0; i < other.size; i++) {
      if (!other.isZero(i)) {
        addFrom(other, i);
      }
    }
  }

  /** Adds a cell of another map; returns the number that it has here. */
  public int addFrom(CellMap other, int cell) {
    int length = other.keyLength(cell);
    int offset = other.keyOffsets[cell];
    int hash = other.hashes[cell];
    int slot = slot(hash, other.keys(), offset, length);
    int here =
        slots[slot] != 0 ? slots[slot] - 1 : insert(slot, hash, other.keys(), offset, length);
    CellSums.add(sums, here * CellSums.LONGS, other.sums, cell * CellSums.LONGS);
    return here;
  }

  /** Puts the sums of a cell into {@code measures}, in place of what they hold. */
  public Measures measures(int cell, Measures measures) {
    measures.setTo(sums, cell * CellSums.LONGS);
    return measures;
  }

  /** Hands out the cells of a range that are not zero, in no order. */
  public void forEach(CellRange range, CellSink sink) {
    CellBounds bounds = new CellBounds(range);
    Measures measures = new Measures();
    for (int i = 0; i < size; i++) {
      if (!isZero(i) && bounds.holds(keys.bytes(), keyOffsets[i])) {
        sink.cell(keys.bytes(), keyOffsets[i], keyLength(i), measures(i, measures));
      }
    }
  }

  /** Whether no cell is other than zero. */
  public boolean isEmpty() {
    for (int i = 0; i < size; i++) {
      if (!isZero(i)) {
        return false;
      }
    }
    return true;
  }

  /** Forgets all cells. */
  public void clear() {
    if (size > 0) {
      Arrays.fill(slots, 0);
      keys.clear();
      size = 0;
    }
  }
}
