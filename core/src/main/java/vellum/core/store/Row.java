package vellum.core.store;

/**
 * A row read by a {@link Scan} into buffers that are used again for the next. Not thread-safe; the
 * buffers are not to be changed.
 */
public final class Row {

  byte[] key = new byte[64];
  int keyLength;
  byte[] value = new byte[1024];
  int valueLength;

  /** Buffer whose first {@link #keyLength} bytes are the key. */
  public byte[] key() {
    return key;
  }

  public int keyLength() {
    return keyLength;
  }

  /** Buffer whose first {@link #valueLength} bytes are the value. */
  public byte[] value() {
    return value;
  }

  public int valueLength() {
    return valueLength;
  }
}
