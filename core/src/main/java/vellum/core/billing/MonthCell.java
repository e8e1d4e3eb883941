package vellum.core.billing;

import vellum.core.record.Bytes;

/**
 * The key of the month's cell that a day's cell is summed in: the same but for the day, which is
 * the first of its month. Not thread-safe; reused from cell to cell.
 */
public final class MonthCell {

  private byte[] key = new byte[256];
  private int day = Integer.MIN_VALUE;
  private int firstOfMonth = Integer.MIN_VALUE;

  /** The month's key in an array that is good until the next call; it is as long as the day's. */
  public byte[] of(byte[] cell, int offset, int length) {
    if (key.length < length) {
      key = new byte[2 * length];
    }
    System.arraycopy(cell, offset, key, 0, length);
    int of = CellKeys.day(cell, offset);
    if (of != day) {
      firstOfMonth = BillingDay.firstOfMonth(of);
      day = of;
    }
    int at = CellKeys.partyOffset(0) + CellKeys.partyLength(cell, offset);
    Bytes.putInt(key, at, firstOfMonth ^ Integer.MIN_VALUE);
    return key;
  }
}
