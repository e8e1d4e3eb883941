package vellum.core.record;

import java.util.Arrays;

/**
 * A growing byte array that writes numbers as Protobuf does. Not thread-safe; reused after {@link
 * #clear}.
 */
public final class Output {

  private byte[] bytes;
  private int size;

  public Output(int capacity) {
    bytes = new byte[capacity];
  }

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /** Forgets what was written behind {@code mark}. */
  public void truncate(int mark) {
    size = mark;
  }

  /** Makes room for {@code length} bytes and returns where they start. */
  public int reserve(int length) {
    int start = size;
    ensure(length);
    size += length;
    return start;
  }

  public void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  public void writeVarint(long value) {
    ensure(10);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  public void writeZigzag(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /**
   * Closes a part that was opened by reserving one byte at {@code start} for its length: writes the
   * length, moving the part when it takes more than one byte.
   */
  public void closeLength(int start) {
    int length = size - start - 1;
    if (length < 0x80) {
      bytes[start] = (byte) length;
      return;
    }
    int extra = varintSize(length) - 1;
    ensure(extra);
    System.arraycopy(bytes, start + 1, bytes, start + 1 + extra, length);
    int end = size + extra;
    size = start;
    writeVarint(length);
    size = end;
  }

  /** Bytes that {@link #writeVarint} takes for a value. */
  public static int varintSize(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
