package vellum.core.retention;

import java.util.Arrays;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.strip.ArchiveKey;

/**
 * Stripped records of one account and second, put into the order of their MACs: live rows come in
 * the order of their ids, which the archive does not have. Not thread-safe; reused.
 *
 * <p>It holds what one account sent in one second, at most {@link #MAX_BYTES}.
 */
final class SecondGroup {

  /** Rows of one account and second at most: two million of the usual size. */
  static final int MAX_BYTES = 256 << 20;

  /** Receives what is in order. */
  @FunctionalInterface
  interface Sink {
    void put(byte[] key, byte[] rows, int offset, int length);
  }

  private final byte[] key = new byte[ArchiveKey.BYTES];
  private final Output rows = new Output(1 << 16);
  private long[] macs = new long[16];
  private long[] sorted = new long[16];
  private int[] ends = new int[16];
  private int[] places = new int[16];
  private int count;

  /** Whether a key belongs to the records that are held; any does when none are. */
  boolean takes(byte[] archiveKey) {
    return count == 0
        || Arrays.equals(key, 0, ArchiveKey.MAC_OFFSET, archiveKey, 0, ArchiveKey.MAC_OFFSET);
  }

  void add(byte[] archiveKey, byte[] row, int length) {
    if (rows.size() > MAX_BYTES - length) {
      throw new StripException.TooManyInASecond(MAX_BYTES);
    }
    if (count == macs.length) {
      macs = Arrays.copyOf(macs, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      sorted = new long[2 * count];
      places = new int[2 * count];
    }
    System.arraycopy(archiveKey, 0, key, 0, ArchiveKey.BYTES);
    macs[count] = Bytes.getLong(archiveKey, ArchiveKey.MAC_OFFSET) ^ Long.MIN_VALUE;
    rows.write(row, 0, length);
    ends[count] = rows.size();
    count++;
  }

  /**
   * Hands on what is held, in order, and holds nothing.
   *
   * @throws StripException.KeyCollision when two records have one key; all are still held
   */
  void drain(Sink sink) {
    System.arraycopy(macs, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    for (int i = 1; i < count; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new StripException.KeyCollision(ArchiveKey.second(key, 0));
      }
    }
    for (int i = 0; i < count; i++) {
      places[Arrays.binarySearch(sorted, 0, count, macs[i])] = i;
    }
    for (int i = 0; i < count; i++) {
      int place = places[i];
      int start = place == 0 ? 0 : ends[place - 1];
      Bytes.putLong(key, ArchiveKey.MAC_OFFSET, macs[place] ^ Long.MIN_VALUE);
      sink.put(key, rows.bytes(), start, ends[place] - start);
    }
    clear();
  }

  void clear() {
    rows.clear();
    count = 0;
  }
}
