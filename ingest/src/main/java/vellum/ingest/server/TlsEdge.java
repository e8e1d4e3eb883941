package vellum.ingest.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vellum.ingest.protocol.FrameEncoder;
import vellum.v1.FailureCode;

/**
 * The outer edge of a TLS connection until its handshake is done. A client that speaks without TLS
 * is told so, in clear, where TLS alone would hang up; and a handshake that failed ends as {@link
 * Farewell} has it, so that the client does not lose the alert. For the connection's event loop.
 */
final class TlsEdge extends ChannelDuplexHandler {

  /** First byte of a TLS handshake (RFC 8446 section 5.1); a frame in clear begins with 0. */
  private static final int HANDSHAKE = 22;

  private final IngestStats stats;
  private @Nullable ChannelHandlerContext context;
  private boolean begun;
  private boolean ending;

  TlsEdge(IngestStats stats) {
    this.stats = stats;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** The handshake is over. */
  void shaken(boolean well) {
    ChannelHandlerContext ctx = context;
    if (well && !ending && ctx != null && !ctx.isRemoved()) {
      ctx.pipeline().remove(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ending) {
      ReferenceCountUtil.release(message);
      return;
    }
    ByteBuf bytes = (ByteBuf) message;
    if (!begun && bytes.isReadable() && bytes.getByte(bytes.readerIndex()) != HANDSHAKE) {
      ReferenceCountUtil.release(message);
      refuse(ctx);
      return;
    }
    begun = begun || bytes.isReadable();
    ctx.fireChannelRead(message);
  }

  private void refuse(ChannelHandlerContext ctx) {
    stats.failure(FailureCode.TLS_REQUIRED);
    Refusal refusal = Refusal.of(FailureCode.TLS_REQUIRED, "this port takes TLS only");
    ending = true;
    ctx.writeAndFlush(FrameEncoder.encode(ctx.alloc(), refusal.frame()))
        .addListener(written -> endOutput(ctx));
    closeLater(ctx);
  }

  /**
   * Asked for when the handshake fails: what is written is sent, and a moment is read and dropped.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!promise.isVoid()) {
      ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    }
    if (!ending) {
      ending = true;
      ctx.flush();
      endOutput(ctx);
      closeLater(ctx);
    }
  }

  /** Closes from here on: the channel itself would ask this handler. */
  private static void endOutput(ChannelHandlerContext ctx) {
    if (!Farewell.endOutput(ctx.channel())) {
      ctx.close();
    }
  }

  private static void closeLater(ChannelHandlerContext ctx) {
    ctx.executor().schedule(() -> ctx.close(), Farewell.LINGER_MS, TimeUnit.MILLISECONDS);
  }
}
