package vellum.ingest.api;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A group of one event loop that ends without the quiet period of two seconds which is Netty's
 * default, and which the HTTP server cannot be told to leave out. Thread-safe.
 */
final class OneLoop extends MultiThreadIoEventLoopGroup {

  private static final long STOP_MS = 5_000;

  OneLoop(ThreadFactory threads) {
    super(
        1, threads, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  @Override
  public Future<?> shutdownGracefully() {
    return shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS);
  }
}
