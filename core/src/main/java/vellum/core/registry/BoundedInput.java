package vellum.core.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that refuses to be longer than a bound, and leaves its source open. Not thread-safe. */
final class BoundedInput extends FilterInputStream {

  private long left;

  BoundedInput(InputStream in, long maxBytes) {
    super(in);
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    count(read);
    return read;
  }

  @Override
  public void close() {
    // The source belongs to the caller.
  }

  private void count(int read) throws TooLong {
    left -= Math.max(0, read);
    if (left < 0) {
      throw new TooLong();
    }
  }

  /** More bytes came than may. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
