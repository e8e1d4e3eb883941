package vellum.core.billing;

import java.util.Arrays;
import vellum.core.record.Bytes;
import vellum.core.record.Output;

/**
 * The cells that a row of traffic, sealed or stripped, counts in: one of the sale cube, and one of
 * the cost cube for each leg. Read straight from the row's bytes into buffers that are used again
 * for the next row. Not thread-safe.
 *
 * <p>The network of the sale is {@code submission.mcc_mnc}, the one that the platform priced by; a
 * {@code ported_mcc_mnc} beside it is where a number was ported from or to, and changes no cell.
 */
public final class RowCells {

  private final Output keys = new Output(512);
  private final CellReader reader = new CellReader(this, keys);
  private int[] offsets = new int[4];
  private int[] legs = new int[4];
  private long[] values = new long[4 * CellArena.SUMS];
  private int size;

  /**
   * Reads a row.
   *
   * @param second of started_at, since the epoch
   * @throws vellum.core.seal.BrokenRow when it is none
   */
  public RowCells read(byte[] row, int offset, int length, long second) {
    clear();
    reader.read(row, offset, length, second);
    return this;
  }

  /** Has no cells any more, as where there is no row. */
  public RowCells clear() {
    keys.clear();
    size = 0;
    return this;
  }

  /** Begins a cell. */
  void open(int leg) {
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      legs = Arrays.copyOf(legs, 2 * legs.length);
      values = Arrays.copyOf(values, 2 * values.length);
    }
    legs[size] = leg;
    int at = size * CellArena.SUMS;
    Arrays.fill(values, at, at + CellArena.SUMS, 0);
    values[at + CellReader.COUNT] = 1;
  }

  /** Ends a cell, whose key is written. */
  void close() {
    size++;
    offsets[size] = keys.size();
  }

  /** Says what the cell at hand counts. */
  void set(int measure, long value) {
    values[size * CellArena.SUMS + measure] = value;
  }

  /** Cells: the sale's first, then those of the legs in order of their numbers. */
  public int size() {
    return size;
  }

  /** Array that holds the keys. */
  public byte[] keys() {
    return keys.bytes();
  }

  public int keyOffset(int cell) {
    return offsets[cell];
  }

  public int keyLength(int cell) {
    return offsets[cell + 1] - offsets[cell];
  }

  /** Number of the leg of a cell; 0 of the sale. */
  public int leg(int cell) {
    return legs[cell];
  }

  public long units(int cell) {
    return values[cell * CellArena.SUMS + CellReader.UNITS];
  }

  /** Sale, or cost of a leg, in nanos of the currency's unit. */
  public long amount(int cell) {
    return values[cell * CellArena.SUMS + CellReader.AMOUNT];
  }

  public long expectedCost(int cell) {
    return values[cell * CellArena.SUMS + CellReader.EXPECTED_COST];
  }

  /** The three characters of the ISO 4217 code, ASCII, the first highest; 0 without one. */
  public int currency(int cell) {
    return Bytes.getInt(keys.bytes(), offsets[cell + 1] - Integer.BYTES) & 0xFFFFFF;
  }

  /** A {@link #currency}; empty for 0. */
  public static String currencyText(int currency) {
    return currency == 0
        ? ""
        : "" + (char) (currency >>> 16) + (char) (currency >>> 8 & 0xFF) + (char) (currency & 0xFF);
  }

  /** Adds all cells. */
  public void addTo(CellMap map) {
    for (int i = 0; i < size; i++) {
      put(map, i, false);
    }
  }

  /** Takes all cells away. */
  public void subtractFrom(CellMap map) {
    for (int i = 0; i < size; i++) {
      put(map, i, true);
    }
  }

  /**
   * Moves a map's cells from what a row was to what this one is; what both have alike is not
   * touched.
   */
  public void replace(RowCells before, CellMap map) {
    int old = 0;
    for (int i = 0; i < size; i++) {
      while (old < before.size && before.legs[old] < legs[i]) {
        before.put(map, old++, true);
      }
      if (old < before.size && before.legs[old] == legs[i]) {
        if (!isSame(before, old, i)) {
          before.put(map, old, true);
          put(map, i, false);
        }
        old++;
      } else {
        put(map, i, false);
      }
    }
    while (old < before.size) {
      before.put(map, old++, true);
    }
  }

  private boolean isSame(RowCells before, int old, int cell) {
    int from = cell * CellArena.SUMS;
    int oldFrom = old * CellArena.SUMS;
    return Arrays.equals(
            values, from, from + CellArena.SUMS, before.values, oldFrom, oldFrom + CellArena.SUMS)
        && Arrays.equals(
            keys.bytes(),
            offsets[cell],
            offsets[cell + 1],
            before.keys.bytes(),
            before.offsets[old],
            before.offsets[old + 1]);
  }

  private void put(CellMap map, int cell, boolean negative) {
    map.add(keys.bytes(), offsets[cell], keyLength(cell), values, cell * CellArena.SUMS, negative);
  }
}
