package vellum.ingest.server;

import java.util.concurrent.TimeUnit;
import vellum.v1.FailureCode;

/**
 * What a connection may not take longer for than its configuration says: hello, silence, reading
 * its answers, and the life of its token. One timer per connection, at most every second. (The
 * deadline of an unfinished frame is the decoder's.) For the connection's event loop.
 */
final class Deadlines {

  private static final long MOST_TICK_MS = 1_000;
  private static final long LEAST_TICK_MS = 5;
  private static final int TICKS = 4;

  private final ConnectionParts parts;
  private final ServerConfig config;
  private final Intake.RetryListener listener;
  private long lastFrameNanos;
  private long notReadSinceNanos;

  Deadlines(ConnectionParts parts, Intake.RetryListener listener) {
    this.parts = parts;
    this.config = parts.services().config();
    this.listener = listener;
  }

  void start(Connection connection) {
    frameCame();
    schedule(() -> handshake(connection), config.handshakeMs());
    scheduleTick(connection);
  }

  void frameCame() {
    lastFrameNanos = nanos();
  }

  /** The client has stopped to read its answers. */
  void notRead() {
    notReadSinceNanos = nanos();
  }

  private void handshake(Connection connection) {
    if (connection.state() == ConnectionState.AWAIT_HELLO) {
      listener.refused(
          Refusal.of(
              FailureCode.HANDSHAKE_TIMEOUT, "no hello after " + config.handshakeMs() + " ms"));
    }
  }

  private void tick(Connection connection) {
    if (connection.state() == ConnectionState.CLOSED) {
      return;
    }
    Grant grant = connection.grant();
    boolean streaming = connection.state() == ConnectionState.STREAMING;
    if (parts.gate().isHeld(HoldReason.SLOW_READER)
        && isPast(notReadSinceNanos, config.slowReaderMs())) {
      listener.refused(
          Refusal.of(
              FailureCode.SLOW_READER, "answers unread for " + config.slowReaderMs() + " ms"));
    } else if (streaming && grant != null && parts.services().isOver(grant)) {
      listener.refused(grant.over());
    } else if (!streaming || parts.gate().isHeld() || !parts.answers().isEmpty()) {
      frameCame(); // It is the server that is awaited.
    } else if (isPast(lastFrameNanos, config.idleMs())) {
      listener.refused(
          Refusal.of(FailureCode.IDLE_TIMEOUT, "no frame for " + config.idleMs() + " ms"));
    }
    scheduleTick(connection);
  }

  private void scheduleTick(Connection connection) {
    long shortest = Math.min(config.idleMs(), config.slowReaderMs()) / TICKS;
    schedule(() -> tick(connection), Math.max(LEAST_TICK_MS, Math.min(MOST_TICK_MS, shortest)));
  }

  private void schedule(Runnable task, long delayMs) {
    parts.channel().eventLoop().schedule(task, delayMs, TimeUnit.MILLISECONDS);
  }

  private boolean isPast(long sinceNanos, long limitMs) {
    return nanos() - sinceNanos >= TimeUnit.MILLISECONDS.toNanos(limitMs);
  }

  private long nanos() {
    return parts.channel().eventLoop().ticker().nanoTime();
  }
}
