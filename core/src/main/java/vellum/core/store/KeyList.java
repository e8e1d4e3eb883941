package vellum.core.store;

import java.util.AbstractList;
import java.util.Arrays;

/** Keys of one width in one array, seen as a list. */
final class KeyList extends AbstractList<byte[]> {
  private final byte[] keys;
  private final int width;
  private final int first;
  private final int count;

  KeyList(byte[] keys, int width, int first, int count) {
    this.keys = keys;
    this.width = width;
    this.first = first;
    this.count = count;
  }

  @Override
  public byte[] get(int index) {
    int offset = (first + index) * width;
    return Arrays.copyOfRange(keys, offset, offset + width);
  }

  @Override
  public int size() {
    return count;
  }
}
