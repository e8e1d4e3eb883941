package vellum.ingest.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import vellum.ingest.protocol.BatchReader;
import vellum.ingest.protocol.FrameDecoder;
import vellum.ingest.protocol.FrameEncoder;
import vellum.ingest.protocol.RawFrame;
import vellum.ingest.tls.ServerTls;

/**
 * Builds each connection's pipeline, with the tools of its event loop, and knows all connections.
 * Transport security goes in front of the pipeline and changes nothing behind it. Thread-safe.
 */
@Sharable
final class ConnectionInitializer extends ChannelInitializer<Channel> {

  /** Connections above the bound that are told so; further ones are closed without a word. */
  private static final int SURPLUS = 256;

  private static final int FLUSHES = 256;

  /** How long an idle loop may hold on to the ciphers of a destroyed key. */
  private static final long DROP_EVERY_MS = 1_000;

  private final IngestServices services;
  private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final Map<EventLoop, LoopTools> tools = new ConcurrentHashMap<>();
  private volatile boolean ending;

  ConnectionInitializer(IngestServices services) {
    this.services = services;
  }

  @Override
  protected void initChannel(Channel channel) {
    int count = services.stats().connected();
    channel.closeFuture().addListener(closed -> services.stats().disconnected());
    int surplus = count - services.config().maxConnections();
    if (surplus > SURPLUS || ending) {
      channel.close();
      return;
    }
    channels.add(channel);
    build(channel.pipeline(), surplus > 0);
  }

  private void build(ChannelPipeline pipeline, boolean surplus) {
    Channel channel = pipeline.channel();
    LoopTools shared = tools.computeIfAbsent(channel.eventLoop(), this::newTools);
    FrameDecoder decoder =
        new FrameDecoder(shared.frame(), Connection.MAX_CONTROL_BYTES, services.config().frameMs());
    ServerTls tls = services.ports().tls();
    if (tls != null) {
      secure(pipeline, tls);
    }
    pipeline.addLast(
        new FlushConsolidationHandler(FLUSHES, true),
        decoder,
        new FrameEncoder(),
        new Connection(channel, services, shared, decoder, surplus));
  }

  private void secure(ChannelPipeline pipeline, ServerTls tls) {
    SslHandler handler = tls.newHandler(pipeline.channel().alloc());
    handler.setHandshakeTimeoutMillis(services.config().handshakeMs());
    TlsEdge edge = new TlsEdge(services.stats());
    pipeline.addLast(edge, handler);
    handler.handshakeFuture().addListener(done -> edge.shaken(done.isSuccess()));
  }

  private LoopTools newTools(EventLoop loop) {
    ServerConfig config = services.config();
    Taking taking = services.ports().taking();
    RecordSealer sealer = taking == null ? null : taking.sealers().get();
    if (sealer != null) {
      loop.scheduleWithFixedDelay(
          sealer::dropDestroyed, DROP_EVERY_MS, DROP_EVERY_MS, TimeUnit.MILLISECONDS);
    }
    return new LoopTools(
        new RawFrame(), new BatchReader(config.maxBatchRecords(), config.maxFrameBytes()), sealer);
  }

  /** Asks every connection to end. */
  void shutdown() {
    ending = true;
    for (Channel channel : channels) {
      Connection connection = channel.pipeline().get(Connection.class);
      if (connection != null) {
        channel.eventLoop().execute(connection::shutdown);
      }
    }
  }

  /** Waits until they have, and closes those that have not. */
  void awaitClosed(int timeoutMs) {
    channels.newCloseFuture().awaitUninterruptibly(timeoutMs);
    channels.close().awaitUninterruptibly();
  }

  /** Frees the event loops' tools, once the loops have ended. */
  void close() {
    tools.values().forEach(LoopTools::close);
  }
}
