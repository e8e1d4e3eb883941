package vellum.ingest.scan;

/**
 * A map from texts of 6 to 254 bytes, small letters for capitals, to line numbers. It keeps hashes
 * of 64 bits, not the texts: of a million texts and a terabyte of candidates, chance makes less
 * than one hit. Not thread-safe.
 *
 * <p>First comes a table of the first two bytes, then the hashes of the first six, which let almost
 * nothing else pass; then the hashes of the whole texts, of every length that there is.
 */
final class TextSet {

  static final int LEAST_BYTES = 6;
  static final int MOST_BYTES = 254;

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final long SEED = 0xCBF2_9CE4_8422_2325L;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private long[] slots = new long[FIRST_CAPACITY];
  private int[] lines = new int[FIRST_CAPACITY];
  private final long[] pairs = new long[1 << 10];
  private final boolean[] lengths = new boolean[MOST_BYTES + 1];
  private int longest;
  private int used;
  private int size;

  /** Adds a text; false when it is there already. */
  boolean add(byte[] text, int line) {
    if (text.length < LEAST_BYTES || text.length > MOST_BYTES || line < 1) {
      throw new IllegalArgumentException(
          "6 to 254 bytes and a line of at least 1: " + text.length + ", " + line);
    }
    for (byte first : cases(text[0])) {
      for (byte second : cases(text[1])) {
        int pair = (first & 0xFF) << 8 | second & 0xFF;
        pairs[pair >> 6] |= 1L << pair;
      }
    }
    long hash = SEED;
    for (int i = 0; i < LEAST_BYTES; i++) {
      hash = step(hash, text[i]);
    }
    put(head(hash), Integer.MAX_VALUE);
    for (int i = LEAST_BYTES; i < text.length; i++) {
      hash = step(hash, text[i]);
    }
    lengths[text.length] = true;
    longest = Math.max(longest, text.length);
    boolean added = put(whole(hash, text.length), line);
    size += added ? 1 : 0;
    return added;
  }

  int size() {
    return size;
  }

  /** Tells the sink each text that stands in the bytes. */
  void search(byte[] bytes, int from, int to, ByteForm form, HitSink sink) {
    if (size == 0) {
      return;
    }
    int pair = from < to ? bytes[from] & 0xFF : 0;
    for (int i = from; i + LEAST_BYTES <= to; i++) {
      pair = (pair << 8 | bytes[i + 1] & 0xFF) & 0xFFFF;
      if ((pairs[pair >> 6] & 1L << pair) != 0) {
        at(bytes, i, to, form, sink);
      }
    }
  }

  private void at(byte[] bytes, int from, int end, ByteForm form, HitSink sink) {
    long hash = SEED;
    for (int i = from; i < from + LEAST_BYTES; i++) {
      hash = step(hash, bytes[i]);
    }
    if (line(head(hash)) == 0) {
      return;
    }
    int most = Math.min(longest, end - from);
    for (int length = LEAST_BYTES; length <= most; length++) {
      hash = length == LEAST_BYTES ? hash : step(hash, bytes[from + length - 1]);
      int line = lengths[length] ? line(whole(hash, length)) : 0;
      if (line != 0) {
        sink.hit(form, from, line);
      }
    }
  }

  private static byte[] cases(byte b) {
    boolean isLetter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
    return new byte[] {b, isLetter ? (byte) (b ^ 0x20) : b};
  }

  private static long step(long hash, byte b) {
    int small = b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b & 0xFF;
    return Long.rotateLeft((hash ^ small) * MIX, 23);
  }

  private static long head(long hash) {
    return hash | 1;
  }

  /** Even, so that it is never taken for a head, and never 0. */
  private static long whole(long hash, int length) {
    long mixed = (hash ^ length) * MIX & ~1L;
    return mixed == 0 ? 2 : mixed;
  }

  private int line(long key) {
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      if (slots[slot] == key) {
        return lines[slot];
      }
      slot = slot + 1 & mask;
    }
    return 0;
  }

  private boolean put(long key, int line) {
    if (line(key) != 0) {
      return false;
    }
    if (++used * 2 > slots.length) {
      grow();
    }
    place(key, line);
    return true;
  }

  private void place(long key, int line) {
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = key;
    lines[slot] = line;
  }

  private void grow() {
    long[] oldSlots = slots;
    int[] oldLines = lines;
    slots = new long[oldSlots.length * 2];
    lines = new int[oldSlots.length * 2];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        place(oldSlots[i], oldLines[i]);
      }
    }
  }

  private static int slot(long key, int mask) {
    long mixed = (key ^ key >>> 29) * MIX;
    return (int) (mixed >>> 32) & mask;
  }
}
