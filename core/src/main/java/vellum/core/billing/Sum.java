package vellum.core.billing;

import java.math.BigInteger;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/** An exact sum of 64-bit numbers in 128 bits: it cannot overflow. Not thread-safe. */
public final class Sum {

  private static final int MAX_SHIFT = 126;

  private long high;
  private long low;

  public void add(long value) {
    long before = low;
    low += value;
    high += (value >> 63) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
  }

  public void add(Sum other) {
    long before = low;
    low += other.low;
    high += other.high + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
  }

  public void add(BigInteger value) {
    Sum other = new Sum();
    other.high = value.shiftRight(64).longValue();
    other.low = value.longValue();
    add(other);
  }

  public void subtract(Sum other) {
    long before = low;
    low -= other.low;
    high -= other.high + (Long.compareUnsigned(low, before) > 0 ? 1 : 0);
  }

  /** Adds this to a sum of a cell. */
  void addTo(CellArena cells, int at, int sum) {
    cells.add(at, sum, high, low);
  }

  /** Takes this from a sum of a cell. */
  void subtractFrom(CellArena cells, int at, int sum) {
    cells.add(at, sum, ~high + (low == 0 ? 1 : 0), -low);
  }

  /** Becomes a sum of a cell. */
  void setTo(CellArena cells, int at, int sum) {
    high = cells.high(at, sum);
    low = cells.low(at, sum);
  }

  public boolean isZero() {
    return (high | low) == 0;
  }

  public void clear() {
    high = 0;
    low = 0;
  }

  /** Writes the sum as a zigzag varint of 1 to 19 bytes. */
  public void write(Output out) {
    long sign = high >> 63;
    long zigzagHigh = (high << 1 | low >>> 63) ^ sign;
    long zigzagLow = low << 1 ^ sign;
    while (zigzagHigh != 0 || (zigzagLow & ~0x7FL) != 0) {
      out.writeByte((int) zigzagLow & 0x7F | 0x80);
      zigzagLow = zigzagLow >>> 7 | zigzagHigh << 57;
      zigzagHigh >>>= 7;
    }
    out.writeByte((int) zigzagLow);
  }

  /** Adds what {@link #write} wrote. */
  public void addFrom(Wire wire) {
    long readHigh = 0;
    long readLow = 0;
    int next = 0x80;
    for (int shift = 0; next >= 0x80; shift += 7) {
      if (shift > MAX_SHIFT) {
        throw new IllegalArgumentException("sum has more than 128 bits");
      }
      next = wire.readByte();
      long bits = next & 0x7F;
      if (shift < 64) {
        readLow |= bits << shift;
        readHigh |= shift > 57 ? bits >>> 64 - shift : 0;
      } else {
        readHigh |= bits << shift - 64;
      }
    }
    long sign = -(readLow & 1);
    long plainLow = (readLow >>> 1 | readHigh << 63) ^ sign;
    long before = low;
    low += plainLow;
    high += (readHigh >>> 1 ^ sign) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
  }

  /** Whether {@link #longValue} is all of it. */
  public boolean isLong() {
    return high == low >> 63;
  }

  /** The low 64 bits. */
  public long longValue() {
    return low;
  }

  public BigInteger value() {
    if (isLong()) {
      return BigInteger.valueOf(low);
    }
    return BigInteger.valueOf(high)
        .shiftLeft(64)
        .add(BigInteger.valueOf(low >>> 1).shiftLeft(1).add(BigInteger.valueOf(low & 1)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sum sum && high == sum.high && low == sum.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high) * 31 + Long.hashCode(low);
  }

  @Override
  public String toString() {
    return value().toString();
  }
}
