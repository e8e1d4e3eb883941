package vellum.ingest.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import vellum.ingest.protocol.ControlFrames;
import vellum.ingest.protocol.CorruptFrame;
import vellum.ingest.protocol.FrameDecoder;
import vellum.ingest.protocol.FrameEncoder;
import vellum.ingest.protocol.RawFrame;
import vellum.ingest.tls.ClientTls;
import vellum.ingest.tls.TlsFault;
import vellum.v1.Codec;
import vellum.v1.Frame;
import vellum.v1.Hello;
import vellum.v1.Reauth;

/**
 * One connection's end of a pipeline: says hello, hands frames to the {@link StreamLink}, and keeps
 * the connection alive by renewing its token. For the event loop.
 */
final class LinkHandler extends ChannelInboundHandlerAdapter {

  private static final int VERSION = 1;
  private static final int MAX_FRAME_BYTES = 8 * 1024 * 1024;
  private static final int FRAME_MS = 60_000;
  private static final int BEATS = 3;

  private final StreamLink link;
  private final ClientConfig config;
  private final Supplier<String> token;
  private final @Nullable ClientTls tls;
  private @Nullable Channel channel;
  private String lastToken = "";
  private boolean helloSent;
  private boolean answered;
  private long lastHeardNanos;
  private boolean wroteSinceBeat;

  LinkHandler(StreamLink link, ClientConfig config, ClientPorts ports) {
    this.link = link;
    this.config = config;
    this.token = ports.token();
    this.tls = ports.tls();
  }

  static ChannelHandler initializer(LinkHandler handler) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        handler.secure(channel);
        channel
            .pipeline()
            .addLast(
                new FrameDecoder(new RawFrame(), MAX_FRAME_BYTES, FRAME_MS),
                new FrameEncoder(),
                handler);
      }
    };
  }

  private void secure(Channel channel) {
    if (tls != null) {
      SslHandler secured = tls.newHandler(channel.alloc(), config.host(), config.port());
      secured.setHandshakeTimeoutMillis(config.connectMs());
      channel.pipeline().addLast(secured);
    }
  }

  Channel channel() {
    if (channel == null) {
      throw new IllegalStateException("link is not connected");
    }
    return channel;
  }

  boolean isOpen() {
    return channel != null;
  }

  /** Whether a hello is under way that nobody will hear the answer of. */
  boolean isHelloUnanswered() {
    return helloSent && !answered;
  }

  void wrote() {
    wroteSinceBeat = true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    lastToken = token.get();
    Hello.Builder hello =
        Hello.newBuilder()
            .setProtocol(VERSION)
            .setSchema(VERSION)
            .setProducer(config.producer())
            .setInstance(config.instance())
            .setEpoch(config.epoch())
            .setStream(link.stream())
            .setToken(lastToken)
            .setLastAnswered(link.lastAnswered());
    if (config.compress()) {
      hello.addCodecs(Codec.ZSTD);
    }
    hello.addCodecs(Codec.IDENTITY_CODEC);
    ctx.writeAndFlush(Frame.newBuilder().setHello(hello).build())
        .addListener(written -> helloSent = helloSent || written.isSuccess());
    ctx.executor().schedule(() -> checkAnswered(ctx), config.connectMs(), TimeUnit.MILLISECONDS);
  }

  private void checkAnswered(ChannelHandlerContext ctx) {
    if (!answered && ctx.channel().isActive()) {
      link.broken(this, "no answer to hello");
    }
  }

  /** The server has taken the hello; keeps the connection alive from now on. */
  void welcomed(int idleMs) {
    lastHeardNanos = nanos();
    schedule(Math.max(1, idleMs / BEATS), idleMs);
  }

  private void schedule(int beatMs, int idleMs) {
    channel().eventLoop().schedule(() -> beat(beatMs, idleMs), beatMs, TimeUnit.MILLISECONDS);
  }

  private void beat(int beatMs, int idleMs) {
    if (!channel().isActive()) {
      return;
    }
    long silentNanos = nanos() - lastHeardNanos;
    if (link.isAwaiting() && silentNanos > TimeUnit.MILLISECONDS.toNanos(idleMs)) {
      link.broken(this, "no answer");
      return;
    }
    link.healthy();
    String now = token.get();
    if (!wroteSinceBeat || !now.equals(lastToken)) {
      lastToken = now;
      Reauth reauth = Reauth.newBuilder().setToken(now).build();
      channel().writeAndFlush(Frame.newBuilder().setReauth(reauth).build());
    }
    wroteSinceBeat = false;
    schedule(beatMs, idleMs);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    lastHeardNanos = nanos();
    answered = true;
    if (message instanceof CorruptFrame corrupt) {
      link.broken(this, corrupt.code().name());
      return;
    }
    Frame frame = ControlFrames.parse((RawFrame) message);
    if (frame == null) {
      link.broken(this, "not a frame");
    } else {
      link.received(this, frame);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      link.transmit();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    link.disconnected(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      failed(handshake.cause());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  private void failed(Throwable cause) {
    Optional<String> insecure = TlsFault.explain(cause);
    if (insecure.isPresent()) {
      link.insecure(this, insecure.get());
    } else {
      link.broken(
          this,
          cause instanceof SSLException ? "TLS broken off" : cause.getClass().getSimpleName());
    }
  }

  private long nanos() {
    return channel().eventLoop().ticker().nanoTime();
  }
}
