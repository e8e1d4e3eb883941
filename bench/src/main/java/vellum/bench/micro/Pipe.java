package vellum.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Objects;
import vellum.ingest.protocol.BatchFrame;
import vellum.ingest.protocol.BatchWriter;
import vellum.ingest.protocol.FrameDecoder;
import vellum.ingest.protocol.Payload;
import vellum.ingest.protocol.RawFrame;

/**
 * A connection without a network: bytes go into pooled buffers of the largest size that the server
 * reads at once, as a socket's would, and come out as frames. For one thread.
 */
final class Pipe implements AutoCloseable {

  private static final int READ_BYTES = 64 * 1024;
  private static final int MAX_FRAME_BYTES = 4 << 20;
  private static final int TIMEOUT_MS = 30_000;

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new FrameDecoder(new RawFrame(), MAX_FRAME_BYTES, TIMEOUT_MS));

  /** A batch as a client sends it. */
  static BatchFrame frame(List<byte[]> messages, long firstSequence) {
    BatchWriter writer = new BatchWriter(MAX_FRAME_BYTES, MAX_FRAME_BYTES);
    for (byte[] message : messages) {
      if (!writer.add(Payload.of(message, 0, message.length))) {
        throw new IllegalArgumentException("messages of more than " + MAX_FRAME_BYTES + " bytes");
      }
    }
    return writer.frame(firstSequence);
  }

  /** Sends a frame through; what comes out is valid until the next call. */
  RawFrame cut(BatchFrame frame) {
    int end = frame.offset() + frame.length();
    for (int at = frame.offset(); at < end; at += READ_BYTES) {
      ByteBuf piece = channel.alloc().directBuffer(READ_BYTES);
      piece.writeBytes(frame.bytes(), at, Math.min(READ_BYTES, end - at));
      channel.writeInbound(piece);
    }
    Object received = channel.readInbound();
    if (!(received instanceof RawFrame raw)) {
      throw new IllegalStateException("a frame of our own is corrupt: " + received);
    }
    return Objects.requireNonNull(raw);
  }

  @Override
  public void close() {
    channel.finishAndReleaseAll();
  }
}
