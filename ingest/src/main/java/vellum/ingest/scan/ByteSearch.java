package vellum.ingest.scan;

import java.util.Arrays;

/**
 * A search of bytes for values in every {@link ByteForm} at once. It goes from one stretch of zeros
 * to the next, for no value in any form holds so many of them. Not thread-safe.
 */
final class ByteSearch {

  private static final int LEAST_HOLE_BYTES = 64;

  /** Zeros of a hole that belong to what stands beside it: of a character of UTF-16, of digits. */
  private static final int RIM_BYTES = 8;

  private final ValueSet values;
  private final Chance chance;
  private final TextSearch text;
  private final PackedSearch packed;
  private final Decoded decoded;
  private final byte[] zeros;
  private final Runs holes = new Runs(LEAST_HOLE_BYTES, b -> b == 0);

  /**
   * @param mostBytes that are searched at a time
   */
  ByteSearch(ValueSet values, Chance chance, int mostBytes) {
    this.values = values;
    this.chance = chance;
    this.text = new TextSearch(values);
    this.packed = new PackedSearch(values.digits(), mostBytes);
    this.decoded = new Decoded(text, mostBytes);
    this.zeros = new byte[mostBytes];
  }

  /** Tells the sink every hit in the first so many bytes; holes of files cost next to nothing. */
  void search(byte[] bytes, int length, HitSink sink) {
    if (Arrays.equals(bytes, 0, length, zeros, 0, length) || values.size() == 0) {
      return;
    }
    int from = 0;
    for (int hole = holes.find(bytes, 0, length); hole >= 0; ) {
      int end = holes.end();
      between(bytes, from, Math.min(hole + RIM_BYTES, end), sink);
      from = end - RIM_BYTES;
      hole = holes.find(bytes, end, length);
    }
    between(bytes, from, length, sink);
  }

  private void between(byte[] bytes, int from, int to, HitSink sink) {
    text.search(bytes, from, to, ByteForm.PLAIN, sink, chance);
    packed.search(bytes, from, to, sink, chance);
    decoded.search(bytes, from, to, sink);
  }
}
