package vellum.ingest.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import vellum.v1.Frame;

/**
 * Handler that writes frames: {@link Frame} messages, and batches that {@link BatchWriter} has
 * built. Holds nothing.
 */
public final class FrameEncoder extends ChannelOutboundHandlerAdapter {

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof Frame frame) {
      ctx.write(encode(ctx.alloc(), frame), promise);
    } else if (message instanceof BatchFrame batch) {
      ctx.write(Unpooled.wrappedBuffer(batch.bytes(), batch.offset(), batch.length()), promise);
    } else {
      ctx.write(message, promise);
    }
  }

  /** A frame's bytes; the caller releases them. */
  public static ByteBuf encode(ByteBufAllocator allocator, Frame frame) {
    byte[] content = frame.toByteArray();
    ByteBuf out = allocator.ioBuffer(FrameLayout.HEADER_BYTES + content.length);
    out.writeInt(content.length);
    out.writeInt(FrameLayout.crc(content, 0, content.length));
    return out.writeBytes(content);
  }
}
