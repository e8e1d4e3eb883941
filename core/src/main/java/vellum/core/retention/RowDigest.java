package vellum.core.retention;

import java.security.MessageDigest;
import java.util.Arrays;
import vellum.core.record.Bytes;
import vellum.core.record.Sha256;
import vellum.core.strip.ArchiveKey;

/**
 * A digest over rows in the order of their keys, in a chain, so that it can be stopped and gone on
 * with. Rows of one account and second stay together; a link ends behind the first of such groups
 * that brings it to 512 MiB, and with the last row.
 *
 * <pre>
 *   link(0) = 32 zeros
 *   link(n) = SHA-256(link(n - 1), rows)
 *   of each row: key, u32 length of the row, row
 * </pre>
 *
 * Not thread-safe.
 */
final class RowDigest {

  /**
   * Bytes of keys and rows at which a link may end, and a file with it: seconds to write again, and
   * enough that training a dictionary for each file costs little.
   */
  static final long LINK_BYTES = 512L << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int HASH_BYTES = 32;

  private final MessageDigest digest = Sha256.begin();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] lastKey = new byte[ArchiveKey.BYTES];
  private final long linkBytes;
  private byte[] link;
  private int size;
  private long bytes;

  /** Starts at the first row. */
  RowDigest(long linkBytes) {
    this(linkBytes, new byte[HASH_BYTES]);
  }

  /** Goes on behind a link. */
  RowDigest(long linkBytes, byte[] link) {
    this.linkBytes = linkBytes;
    this.link = link.clone();
  }

  /** Adds a row whose key stands at the start of its array. */
  void add(byte[] key, byte[] row, int offset, int length) {
    if (isFull() && !isOneGroup(key, lastKey)) {
      endLink();
    }
    if (bytes == 0) {
      digest.update(link);
    }
    System.arraycopy(key, 0, lastKey, 0, ArchiveKey.BYTES);
    int whole = ArchiveKey.BYTES + Integer.BYTES + length;
    bytes += whole;
    if (size + whole > buffer.length) {
      spill();
    }
    System.arraycopy(key, 0, buffer, size, ArchiveKey.BYTES);
    Bytes.putInt(buffer, size + ArchiveKey.BYTES, length);
    size += ArchiveKey.BYTES + Integer.BYTES;
    if (length > buffer.length - size) {
      spill();
      digest.update(row, offset, length);
    } else {
      System.arraycopy(row, offset, buffer, size, length);
      size += length;
    }
  }

  private static boolean isOneGroup(byte[] a, byte[] b) {
    return Arrays.equals(a, 0, ArchiveKey.MAC_OFFSET, b, 0, ArchiveKey.MAC_OFFSET);
  }

  /** Whether a link ends here, when the group does. */
  boolean isFull() {
    return bytes >= linkBytes;
  }

  /** Ends the link at hand, if it has rows; returns it. */
  byte[] endLink() {
    if (bytes > 0) {
      spill();
      link = digest.digest();
      bytes = 0;
    }
    return link.clone();
  }

  private void spill() {
    digest.update(buffer, 0, size);
    size = 0;
  }
}
