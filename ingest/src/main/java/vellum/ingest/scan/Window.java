package vellum.ingest.scan;

/**
 * The bytes around a hit as one number: the same bytes in the journal, in a row and in a file of
 * the store are one chance, not three.
 *
 * <pre>
 *   | 4 bytes before | 12 bytes from the hit's first on |    zeros where the bytes end
 * </pre>
 */
final class Window {

  private static final int BYTES_BEFORE = 4;
  private static final int BYTES_FROM = 12;
  private static final long PRIME = 0x100_0000_01B3L;

  private Window() {}

  /**
   * @param length of what is filled of the bytes
   */
  static long of(byte[] bytes, int length, int at) {
    long window = 0;
    for (int i = at - BYTES_BEFORE; i < at + BYTES_FROM; i++) {
      int b = i >= 0 && i < length ? bytes[i] & 0xFF : 0;
      window = with(window, b);
    }
    return window;
  }

  /** Mixes one number more into it. */
  static long with(long window, int more) {
    long mixed = (window ^ more) * PRIME;
    return mixed ^ mixed >>> 29;
  }
}
