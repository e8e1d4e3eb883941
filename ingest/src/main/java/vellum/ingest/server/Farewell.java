package vellum.ingest.server;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;
import vellum.v1.Frame;

/**
 * The end of a connection: its last frame, then the end of the sending side, then a moment in which
 * the client's bytes are read and dropped. Closing at once would make the system answer those bytes
 * with a reset, and the client would lose the last frame. For the connection's event loop.
 */
final class Farewell {

  /** How long a client is given to close. */
  static final int LINGER_MS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private final Channel channel;
  private final ReadGate gate;

  Farewell(Channel channel, ReadGate gate) {
    this.channel = channel;
    this.gate = gate;
  }

  void say(Frame last) {
    if (last.hasFailure()) {
      LOG.debug(Event.CONNECTION_ENDED.code(), "connection ends: {}", last.getFailure().getCode());
    }
    gate.discard();
    channel.writeAndFlush(last).addListener(written -> endOutput());
    channel.eventLoop().schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  /** With TLS, its own end comes first: else the client could not tell it from a cut. */
  private void endOutput() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null && channel.isActive()) {
      tls.closeOutbound().addListener(ended -> endSocket());
    } else {
      endSocket();
    }
  }

  private void endSocket() {
    if (!endOutput(channel)) {
      channel.close();
    }
  }

  /** Ends the sending side of a socket; false when there is no more to end. */
  static boolean endOutput(Channel channel) {
    if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
      duplex.shutdownOutput();
      return true;
    }
    return false;
  }

  /**
   * Something threw. A broken socket is everyday; anything else is a fault of this program, of
   * which the place is logged and not the message, since a foreign message may hold a record's
   * value.
   */
  void fault(Throwable thrown, IngestStats stats) {
    Throwable inner = thrown.getCause();
    Throwable cause = thrown instanceof DecoderException && inner != null ? inner : thrown;
    if (cause instanceof SSLException) {
      stats.tlsFailure();
      LOG.debug(
          Event.CONNECTION_ENDED.code(),
          "TLS handshake failed with {}",
          cause.getClass().getName());
    } else if (!(cause instanceof IOException)) {
      stats.fault();
      StackTraceElement[] trace = cause.getStackTrace();
      LOG.warn(
          Event.CONNECTION_FAULT.code(),
          "connection closed by {} at {}",
          cause.getClass().getName(),
          trace.length == 0 ? "unknown place" : trace[0]);
    }
    channel.close();
  }
}
