package vellum.core.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A batch as the engine's own bytes, built in Java: a native call for each put costs more than the
 * put, so the whole batch crosses over in one. Not thread-safe. Puts allocate nothing once the
 * buffer has grown.
 *
 * <pre>
 *    0  fixed64  sequence, 0: the engine assigns it      (little-endian)
 *    8  fixed32  count of changes                        (little-endian)
 *   12  changes: 0x05 | varint32 column | varstring key | varstring value     put
 *                0x01 |                   varstring key | varstring value     put, column 0
 *                0x04 | varint32 column | varstring key                       delete
 *                0x00 |                   varstring key                       delete, column 0
 *   varstring = varint32 length | bytes
 * </pre>
 */
final class SerializedBatch implements StoreBatch {

  /** Most bytes of one batch; beyond it a caller is in error. */
  static final int MAX_BYTES = 1 << 30;

  private static final VarHandle FIXED32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int COUNT_OFFSET = 8;
  private static final int HEADER_BYTES = 12;
  private static final int MAX_VARINT_BYTES = 5;
  private static final int INITIAL_BYTES = 4096;

  private static final byte DELETE_DEFAULT = 0x00;
  private static final byte PUT_DEFAULT = 0x01;
  private static final byte DELETE = 0x04;
  private static final byte PUT = 0x05;

  private final Columns columns;
  private byte[] buffer = new byte[INITIAL_BYTES];
  private int position = HEADER_BYTES;
  private int count;

  SerializedBatch(Columns columns) {
    this.columns = columns;
  }

  @Override
  public void put(
      Table table, byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length) {
    Column column = columns.of(table);
    column.checkKey(keyLength);
    reserve((long) keyLength + length);
    writeTag(column.id(), PUT, PUT_DEFAULT);
    writeString(key, keyOffset, keyLength);
    writeString(value, offset, length);
    count++;
  }

  @Override
  public void delete(Table table, byte[] key) {
    Column column = columns.of(table);
    column.checkKey(key.length);
    reserve(key.length);
    writeTag(column.id(), DELETE, DELETE_DEFAULT);
    writeString(key, 0, key.length);
    count++;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int bytes() {
    return position;
  }

  @Override
  public void clear() {
    position = HEADER_BYTES;
    count = 0;
  }

  boolean belongsTo(Columns those) {
    return columns == those;
  }

  /** The batch in an array of its exact length, as the engine wants it. */
  byte[] serialize() {
    FIXED32.set(buffer, COUNT_OFFSET, count);
    return Arrays.copyOf(buffer, position);
  }

  private void writeTag(int column, byte tag, byte tagOfDefault) {
    if (column == 0) {
      buffer[position++] = tagOfDefault;
    } else {
      buffer[position++] = tag;
      writeVarint(column);
    }
  }

  private void writeString(byte[] from, int offset, int length) {
    writeVarint(length);
    System.arraycopy(from, offset, buffer, position, length);
    position += length;
  }

  private void writeVarint(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      buffer[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[position++] = (byte) rest;
  }

  /** Makes room for a change whose strings have {@code bytes} bytes. */
  private void reserve(long bytes) {
    long needed = position + 1 + 3 * MAX_VARINT_BYTES + bytes;
    if (needed > MAX_BYTES) {
      throw new IllegalStateException("a batch has at most " + MAX_BYTES + " bytes");
    }
    if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(buffer, (int) Math.min(MAX_BYTES, Math.max(needed, buffer.length * 2L)));
    }
  }
}
