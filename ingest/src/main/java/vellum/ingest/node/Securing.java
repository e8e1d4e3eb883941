package vellum.ingest.node;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.ingest.tls.ServerTls;
import vellum.ingest.tls.TlsConfig;
import vellum.ingest.tls.TlsEngine;
import vellum.ingest.tls.TlsException;

/**
 * The node's TLS: opened before the servers, looked at by a worker of the HTTP server. Stateless.
 */
final class Securing {

  private Securing() {}

  /**
   * Opens what both servers share; null when TLS is off.
   *
   * @throws NodeException.BadConfig naming the file that is not good
   */
  static @Nullable ServerTls open(TlsConfig config, InstantSource clock, Closers closers) {
    if (!config.isOn()) {
      return null;
    }
    return named(() -> closers.own("TLS", ServerTls.open(config, TlsEngine.best(), clock)));
  }

  /**
   * Reads the files as a start would.
   *
   * @throws NodeException.BadConfig naming the file that is not good
   */
  static void check(TlsConfig config, InstantSource clock) {
    if (config.isOn()) {
      named(() -> ServerTls.open(config, TlsEngine.best(), clock)).close();
    }
  }

  private static ServerTls named(Supplier<ServerTls> opening) {
    try {
      return opening.get();
    } catch (TlsException e) {
      throw new NodeException.BadConfig("section tls: " + e.getMessage(), e);
    }
  }

  /** Lets one of the workers look at the files from time to time. They end before TLS is closed. */
  static void follow(@Nullable ServerTls tls, ScheduledExecutorService workers) {
    if (tls != null) {
      long everyMs = tls.config().reloadEvery().toMillis();
      workers.scheduleWithFixedDelay(tls::reload, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }
  }
}
