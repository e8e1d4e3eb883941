package vellum.ingest.protocol;

/**
 * A position in a message in the encoding of Protocol Buffers. Reading past the end, or a varint of
 * more than ten bytes, breaks it: it then stands at its end and {@link #isBroken} for good. Never
 * throws on what the bytes hold. Used by one thread.
 */
final class WireCursor {

  private static final int MAX_VARINT_BITS = 64;

  private byte[] bytes = new byte[0];
  private int position;
  private int end;
  private boolean broken;

  void reset(byte[] buffer, int offset, int length) {
    bytes = buffer;
    position = offset;
    end = offset + length;
    broken = false;
  }

  boolean isAtEnd() {
    return position >= end;
  }

  boolean isBroken() {
    return broken;
  }

  int position() {
    return position;
  }

  int tag() {
    return bytes[position++];
  }

  /** Length of a length-delimited field whose bytes are all there, else 0 and broken. */
  int length() {
    if (position < end && bytes[position] >= 0) {
      return bounded(bytes[position++]);
    }
    return bounded(varint());
  }

  void skip(int count) {
    position += count;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      if (position >= end) {
        return breakOff();
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return breakOff();
  }

  private int bounded(long length) {
    return length < 0 || length > end - position ? (int) breakOff() : (int) length;
  }

  private long breakOff() {
    position = end;
    broken = true;
    return 0;
  }
}
