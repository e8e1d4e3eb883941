package vellum.ingest.protocol;

import static vellum.ingest.protocol.FrameLayout.HEADER_BYTES;
import static vellum.ingest.protocol.FrameLayout.LENGTH_BYTES;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vellum.v1.FailureCode;

/**
 * Handler that cuts a connection's bytes into frames and hands on each as a {@link Received}. Used
 * by the connection's event loop only.
 *
 * <pre>
 *   HEADER --header--> BODY --whole, sum right--> HEADER
 *     any --wrong, late, or discard()--> DISCARDING   (one CorruptFrame, then silence)
 * </pre>
 *
 * <p>Netty's own decoders are not used: they ask for more bytes while reading is switched off, and
 * go on handing out what they hold. This one can be {@linkplain #hold held} between two frames; it
 * then keeps at most the bytes of one read besides an unfinished frame.
 *
 * <p>A frame that was begun must be whole within a deadline, which is measured from its first byte,
 * so that a byte a second is not progress. Time in which the frame was held does not count.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {

  private enum State {
    HEADER,
    BODY,
    DISCARDING
  }

  private final RawFrame frame;
  private final long timeoutNanos;
  private int maxFrameBytes;

  private State state = State.HEADER;
  private int length;
  private int crc;
  private boolean held;
  private boolean pumping;
  private boolean unfinished;
  private long unfinishedSinceNanos;
  private @Nullable ByteBuf cumulation;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> deadline;

  /**
   * @param frame buffer of the event loop
   * @param maxFrameBytes longest frame; see {@link #maxFrameBytes(int)}
   * @param timeoutMs how long a frame may take from its first byte to its last
   */
  public FrameDecoder(RawFrame frame, int maxFrameBytes, int timeoutMs) {
    this.frame = frame;
    this.maxFrameBytes = maxFrameBytes;
    this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
  }

  /** Changes the bound: small for a stranger, larger after the hello. */
  public void maxFrameBytes(int bytes) {
    maxFrameBytes = bytes;
  }

  /** Stops reading after the frame at hand. */
  public void hold() {
    held = true;
    channel().config().setAutoRead(false);
  }

  /** Goes on reading, first of what is here already. */
  public void resume() {
    if (held) {
      held = false;
      unfinished = false;
      channel().config().setAutoRead(true);
      pump();
    }
  }

  /** Reads on, so that the peer's end is noticed, and drops everything. */
  public void discard() {
    state = State.DISCARDING;
    resume();
    pump();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    release();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state = State.DISCARDING;
    release();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    cumulation =
        cumulation == null
            ? in
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), cumulation, in);
    pump();
  }

  /** Reads frames until bytes run out or somebody holds. A handler that resumes re-enters here. */
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (!held && cumulation != null && step(cumulation)) {
        unfinished = false;
      }
    } finally {
      pumping = false;
    }
    if (cumulation != null) {
      trim(cumulation);
    }
    watch();
  }

  /** Whether there was something to do. */
  private boolean step(ByteBuf in) {
    return switch (state) {
      case HEADER -> header(in);
      case BODY -> body(in);
      case DISCARDING -> drop(in);
    };
  }

  private boolean header(ByteBuf in) {
    if (in.readableBytes() < LENGTH_BYTES) {
      return false;
    }
    long announced = in.getUnsignedInt(in.readerIndex());
    if (announced > maxFrameBytes) {
      return corrupt(
          FailureCode.FRAME_TOO_LARGE, "frame is longer than " + maxFrameBytes + " bytes");
    }
    if (announced == 0) {
      return corrupt(FailureCode.GARBLED_FRAME, "frame has no content");
    }
    if (in.readableBytes() < HEADER_BYTES) {
      return false;
    }
    length = (int) in.readUnsignedInt();
    crc = in.readInt();
    state = State.BODY;
    return body(in);
  }

  private boolean body(ByteBuf in) {
    if (in.readableBytes() < length) {
      return false;
    }
    frame.fill(in, length);
    if (FrameLayout.crc(frame.bytes(), 0, length) != crc) {
      return corrupt(FailureCode.BAD_CRC, "CRC32C of the frame is wrong");
    }
    state = State.HEADER;
    context().fireChannelRead(frame);
    return true;
  }

  private static boolean drop(ByteBuf in) {
    boolean some = in.isReadable();
    in.skipBytes(in.readableBytes());
    return some;
  }

  private boolean corrupt(FailureCode code, String reason) {
    state = State.DISCARDING;
    context().fireChannelRead(new CorruptFrame(code, reason));
    return true;
  }

  private void trim(ByteBuf in) {
    if (in.isReadable()) {
      cumulation = in.discardSomeReadBytes();
    } else {
      release();
    }
  }

  /** Notes when an unfinished frame began. One timer per connection, armed when there is one. */
  private void watch() {
    boolean begun = state == State.BODY || (state == State.HEADER && cumulation != null);
    if (!begun || held) {
      unfinished = false;
    } else if (!unfinished) {
      unfinished = true;
      unfinishedSinceNanos = nanos();
      if (deadline == null) {
        arm(timeoutNanos);
      }
    }
  }

  private void arm(long delayNanos) {
    deadline = context().executor().schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    deadline = null;
    if (!unfinished || held || state == State.DISCARDING) {
      return;
    }
    long left = unfinishedSinceNanos + timeoutNanos - nanos();
    if (left > 0) {
      arm(left);
      return;
    }
    unfinished = false;
    corrupt(
        FailureCode.FRAME_TIMEOUT,
        "frame was not whole after " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms");
    pump();
  }

  private void release() {
    if (cumulation != null) {
      cumulation.release();
      cumulation = null;
    }
    if (deadline != null && state == State.DISCARDING) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private long nanos() {
    return context().executor().ticker().nanoTime();
  }

  private io.netty.channel.Channel channel() {
    return context().channel();
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("decoder is not in a pipeline");
    }
    return context;
  }
}
