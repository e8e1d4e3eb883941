package vellum.ingest.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The bytes of one frame, its sum checked, in a buffer that the connections of an event loop share:
 * valid until the handler that receives it returns. Grows to the largest frame seen. Used by one
 * thread.
 */
public final class RawFrame implements Received {

  private static final int FIRST_BYTES = 16 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  /** Buffer whose first {@link #length} bytes are the frame. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Whether it holds a batch, which {@link BatchReader} reads; others are parsed. */
  public boolean isBatch() {
    return length > 0 && bytes[0] == FrameLayout.BATCH_TAG;
  }

  /** Takes the next {@code count} bytes, all of which are there. */
  void fill(ByteBuf in, int count) {
    if (bytes.length < count) {
      bytes = new byte[Math.max(count, bytes.length * 2)];
    }
    in.readBytes(bytes, 0, count);
    length = count;
  }

  /** A frame of its own that holds these bytes: for tests and tools that have no network. */
  public static RawFrame of(byte[] frame) {
    RawFrame raw = new RawFrame();
    raw.bytes = Arrays.copyOf(frame, frame.length);
    raw.length = frame.length;
    return raw;
  }
}
