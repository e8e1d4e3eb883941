package vellum.core.retention;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import vellum.core.record.Bytes;

/**
 * SHA-256 over rows in the order of their keys. Of each row:
 *
 * <pre>
 *   key, as wide as the table's
 *   u32  length of the row
 *   row
 * </pre>
 *
 * Not thread-safe.
 */
final class RowDigest {

  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest = newDigest();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int size;

  void add(byte[] key, int keyLength, byte[] row, int offset, int length) {
    int whole = keyLength + Integer.BYTES + length;
    if (size + whole > buffer.length) {
      spill();
    }
    if (whole > buffer.length) {
      byte[] lengthBytes = new byte[Integer.BYTES];
      Bytes.putInt(lengthBytes, 0, length);
      digest.update(key, 0, keyLength);
      digest.update(lengthBytes);
      digest.update(row, offset, length);
      return;
    }
    System.arraycopy(key, 0, buffer, size, keyLength);
    Bytes.putInt(buffer, size + keyLength, length);
    System.arraycopy(row, offset, buffer, size + keyLength + Integer.BYTES, length);
    size += whole;
  }

  private void spill() {
    digest.update(buffer, 0, size);
    size = 0;
  }

  /** The digest in hexadecimal; starts anew. */
  String finish() {
    spill();
    return HexFormat.of().formatHex(digest.digest());
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
