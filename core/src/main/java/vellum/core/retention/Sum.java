package vellum.core.retention;

import java.math.BigInteger;

/** An exact sum of 64-bit numbers in 128 bits: it cannot overflow. Not thread-safe. */
final class Sum {

  private long high;
  private long low;

  void add(long value) {
    long before = low;
    low += value;
    high += (value >> 63) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
  }

  void add(Sum other) {
    long before = low;
    low += other.low;
    high += other.high + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
  }

  void add(BigInteger value) {
    Sum other = new Sum();
    other.high = value.shiftRight(64).longValue();
    other.low = value.longValue();
    add(other);
  }

  BigInteger value() {
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
