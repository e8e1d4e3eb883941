package vellum.core.billing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Bytes;

/**
 * Cells one behind the other in one array of bytes, for a {@link CellMap}. A sum has 64 bits; what
 * it overflows by, seldom, is kept beside the array, so that sums are exact to 128 bits. Not
 * thread-safe.
 *
 * <pre>
 *   i32    number of the cell: they are counted from 0
 *   i32    hash of the key
 *   5 i64  sums: count, units, duration, amount, expected cost
 *   u8     1 when a sum has overflowed
 *   u16    length of the key, then the key
 *
 *   a sum = the i64 + 2^64 * its carry, which is 0 when none is kept
 * </pre>
 */
final class CellArena {

  /** Sums of a cell. */
  static final int SUMS = 5;

  private static final int HASH = 4;
  private static final int FIRST_SUM = 8;
  private static final int OVERFLOWED = FIRST_SUM + SUMS * Long.BYTES;
  private static final int LENGTH = OVERFLOWED + 1;
  private static final int KEY = LENGTH + 2;

  private static final int INITIAL_CELLS = 64;
  private static final int INITIAL_BYTES = 1 << 13;
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;
  private static final int MOST_KEY = 0xFFFF;

  private final Map<Integer, long[]> carries = new HashMap<>();
  private byte[] array = new byte[INITIAL_BYTES];
  private int[] starts = new int[INITIAL_CELLS];
  private int end;
  private int cells;

  int cells() {
    return cells;
  }

  byte[] array() {
    return array;
  }

  /** What the cells take, without room for further ones. */
  long bytes() {
    return end + (long) cells * Integer.BYTES;
  }

  /** Where the cell of a number starts. */
  int at(int number) {
    return starts[number];
  }

  int number(int at) {
    return Bytes.getInt(array, at);
  }

  int hash(int at) {
    return Bytes.getInt(array, at + HASH);
  }

  static int keyOffset(int at) {
    return at + KEY;
  }

  int keyLength(int at) {
    return (array[at + LENGTH] & 0xFF) << 8 | array[at + LENGTH + 1] & 0xFF;
  }

  boolean isKey(int at, byte[] key, int offset, int length) {
    return Arrays.equals(array, at + KEY, at + KEY + keyLength(at), key, offset, offset + length);
  }

  /** Adds a cell with zero; returns where it starts. */
  int add(int hash, byte[] key, int offset, int length) {
    if (length > MOST_KEY) {
      throw new IllegalArgumentException(
          "key of a cell has " + length + " bytes, at most " + MOST_KEY);
    }
    int at = end;
    ensure(KEY + length);
    end += KEY + length;
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, 2 * cells);
    }
    starts[cells] = at;
    Bytes.putInt(array, at, cells++);
    Bytes.putInt(array, at + HASH, hash);
    Arrays.fill(array, at + FIRST_SUM, at + LENGTH, (byte) 0);
    array[at + LENGTH] = (byte) (length >>> 8);
    array[at + LENGTH + 1] = (byte) length;
    System.arraycopy(key, offset, array, at + KEY, length);
    return at;
  }

  private void ensure(int more) {
    if (array.length - end < more) {
      long wanted =
          Math.min(MOST_BYTES, Math.max(array.length + array.length / 2L, (long) end + more));
      if (wanted - end < more) {
        throw new IllegalStateException("cells take more than " + MOST_BYTES + " bytes");
      }
      array = Arrays.copyOf(array, (int) wanted);
    }
  }

  /** Adds {@link #SUMS} numbers of 64 bits, or takes them away. */
  void addRow(int at, long[] row, int from, boolean negative) {
    for (int sum = 0; sum < SUMS; sum++) {
      long value = row[from + sum];
      if (value == Long.MIN_VALUE) {
        // Its negative has no 64 bits.
        add(at, sum, negative ? 0 : -1, value);
      } else if (value != 0) {
        add(at, sum, negative ? -value : value);
      }
    }
  }

  /** Adds a cell of another arena. */
  void add(int at, CellArena other, int there) {
    for (int sum = 0; sum < SUMS; sum++) {
      long value = other.low(there, sum);
      if (value != 0) {
        add(at, sum, value);
      }
    }
    if (other.hasOverflowed(there)) {
      for (int sum = 0; sum < SUMS; sum++) {
        carry(at, sum, other.carry(there, sum));
      }
    }
  }

  /** Adds a copy of a cell of another arena, as a further one. */
  void addCopy(CellArena other, int there) {
    int length = other.keyLength(there);
    int at = add(other.hash(there), other.array, keyOffset(there), length);
    System.arraycopy(other.array, there + FIRST_SUM, array, at + FIRST_SUM, KEY - FIRST_SUM);
    if (other.hasOverflowed(there)) {
      for (int sum = 0; sum < SUMS; sum++) {
        carry(at, sum, other.carry(there, sum));
      }
    }
  }

  private void add(int at, int sum, long value) {
    int place = at + FIRST_SUM + sum * Long.BYTES;
    long before = Bytes.getLong(array, place);
    long after = before + value;
    Bytes.putLong(array, place, after);
    if (((before ^ after) & (value ^ after)) < 0) {
      carry(at, sum, value < 0 ? -1 : 1);
    }
  }

  /** Adds 128 bits to a sum. */
  void add(int at, int sum, long high, long low) {
    add(at, sum, low);
    carry(at, sum, high - (low >> 63));
  }

  private void carry(int at, int sum, long more) {
    if (more != 0) {
      array[at + OVERFLOWED] = 1;
      carries.computeIfAbsent(number(at), cell -> new long[SUMS])[sum] += more;
    }
  }

  private boolean hasOverflowed(int at) {
    return array[at + OVERFLOWED] != 0;
  }

  /** The low 64 bits of a sum. */
  long low(int at, int sum) {
    return Bytes.getLong(array, at + FIRST_SUM + sum * Long.BYTES);
  }

  /** The high 64 bits of a sum. */
  long high(int at, int sum) {
    return carry(at, sum) + (low(at, sum) >> 63);
  }

  private long carry(int at, int sum) {
    long @Nullable [] kept = hasOverflowed(at) ? carries.get(number(at)) : null;
    return kept == null ? 0 : kept[sum];
  }

  boolean isZero(int at) {
    long any = 0;
    for (int sum = 0; sum < SUMS; sum++) {
      any |= low(at, sum) | carry(at, sum);
    }
    return any == 0;
  }

  void setZero(int at) {
    if (hasOverflowed(at)) {
      carries.remove(number(at));
    }
    Arrays.fill(array, at + FIRST_SUM, at + LENGTH, (byte) 0);
  }

  /** Forgets all cells. */
  void clear() {
    end = 0;
    cells = 0;
    carries.clear();
  }

  /** Forgets all cells, and gives back what they took. */
  void release() {
    clear();
    array = new byte[INITIAL_BYTES];
    starts = new int[INITIAL_CELLS];
  }
}
