package vellum.ingest.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The streaming server, listening. Thread-safe; closing it answers what was taken and leaves the
 * journal open.
 */
public final class IngestServer implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final int LEAST_READ_BYTES = 1_024;
  private static final int FIRST_READ_BYTES = 4_096;

  private final Supplier<ServerConfig> settings;
  private final MultiThreadIoEventLoopGroup loops;
  private final ConnectionInitializer connections;
  private final Channel listener;

  private IngestServer(
      Supplier<ServerConfig> settings,
      MultiThreadIoEventLoopGroup loops,
      ConnectionInitializer connections,
      Channel listener) {
    this.settings = settings;
    this.loops = loops;
    this.connections = connections;
    this.listener = listener;
  }

  /** Listens, with settings that do not change. */
  static IngestServer start(ServerConfig config, ServerPorts ports) {
    return start(() -> config, ports);
  }

  /**
   * Listens.
   *
   * @param settings asked again for each connection; address, loops and sizes count as they are now
   * @throws ServerException.CannotListen when the address cannot be had
   */
  public static IngestServer start(Supplier<ServerConfig> settings, ServerPorts ports) {
    ServerConfig config = settings.get();
    IngestServices services = new IngestServices(settings, ports, new IngestStats(ports.meters()));
    ConnectionInitializer connections = new ConnectionInitializer(services);
    MultiThreadIoEventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(config.loops(), ports.threads(), transport());
    ChannelFuture bound =
        bootstrap(config, loops, connections)
            .bind(config.host(), config.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
      throw new ServerException.CannotListen(config.host(), config.port(), bound.cause());
    }
    return new IngestServer(settings, loops, connections, bound.channel());
  }

  private static IoHandlerFactory transport() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  private static Class<? extends ServerSocketChannel> channelClass() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static ServerBootstrap bootstrap(
      ServerConfig config, MultiThreadIoEventLoopGroup loops, ConnectionInitializer connections) {
    return new ServerBootstrap()
        .group(loops)
        .channel(channelClass())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(
                LEAST_READ_BYTES, FIRST_READ_BYTES, config.receiveBytes()))
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(config.sendLowBytes(), config.sendHighBytes()))
        .childHandler(connections);
  }

  /** Where it listens; tells the port when the configuration left it open. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Stops listening, answers what was taken, tells every client SHUTTING_DOWN, closes: within the
   * configured drain time and two seconds.
   */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    connections.shutdown();
    connections.awaitClosed(settings.get().drainMs() + Farewell.LINGER_MS);
    loops.shutdownGracefully(0, Farewell.LINGER_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    connections.close();
  }
}
