package vellum.core.record;

/**
 * A reader over bytes in Protobuf's encoding, with a hard end. Not thread-safe; reused from record
 * to record. Reading past the end or a number of more than ten bytes throws {@link Truncated}.
 */
public final class Wire {

  /** Wire type of numbers. */
  static final int VARINT = 0;

  /** Wire type of texts and messages: their length, then they. */
  static final int BYTES = 2;

  private static final int LONGEST_VARINT = 10;

  private byte[] bytes = new byte[0];
  private int position;
  private int end;

  public Wire over(byte[] source, int offset, int length) {
    bytes = source;
    position = offset;
    end = offset + length;
    return this;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return position;
  }

  public int end() {
    return end;
  }

  public boolean hasMore() {
    return position < end;
  }

  /** Narrows the reader to the next {@code length} bytes; returns the end to {@link #widen} to. */
  public int narrow(int length) {
    int outer = end;
    end = position + checked(length);
    return outer;
  }

  public void widen(int outer) {
    end = outer;
  }

  /** A length that must lie within what is left. */
  public int readLength() {
    return checked(readVarint());
  }

  public void skip(int length) {
    position += checked(length);
  }

  public int readByte() {
    if (position >= end) {
      throw new Truncated();
    }
    return bytes[position++] & 0xFF;
  }

  public long readVarint() {
    if (position < end && bytes[position] >= 0) {
      return bytes[position++];
    }
    return bytes.length - position >= LONGEST_VARINT ? longVarint() : lastVarint();
  }

  /** A number whose bytes need not be looked for one by one, since the array goes on. */
  private long longVarint() {
    byte[] from = bytes;
    int at = position;
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = from[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        if (at > end) {
          throw new Truncated();
        }
        position = at;
        return value;
      }
    }
    throw new Truncated();
  }

  private long lastVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Truncated();
  }

  public long readZigzag() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  private int checked(long length) {
    if (length < 0 || length > end - position) {
      throw new Truncated();
    }
    return (int) length;
  }

  /** The bytes end before what they announce. Without a stack trace: it is expected. */
  public static final class Truncated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Truncated() {
      super("the bytes end before what they announce", null, false, false);
    }
  }
}
