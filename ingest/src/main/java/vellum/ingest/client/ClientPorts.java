package vellum.ingest.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vellum.ingest.tls.ClientTls;

/**
 * What a client needs from outside.
 *
 * @param token gives the token that is good now; asked at each connection, and some times a minute
 *     in between to renew it. Called on the event loop: must not block
 * @param listener told what an operator should know
 * @param random spreads reconnections; thread-safe
 * @param meters takes the metrics
 * @param threads makes the one thread of the client
 * @param tls null: records and token travel in clear
 */
public record ClientPorts(
    Supplier<String> token,
    ClientListener listener,
    RandomGenerator random,
    MeterRegistry meters,
    ThreadFactory threads,
    @Nullable ClientTls tls) {

  /** Without metrics and TLS; warnings go to the log. */
  public static ClientPorts of(
      Supplier<String> token, RandomGenerator random, ThreadFactory threads) {
    return new ClientPorts(
        token, new LoggingListener(), random, new CompositeMeterRegistry(), threads, null);
  }

  /** The same over TLS. */
  public ClientPorts over(ClientTls newTls) {
    return new ClientPorts(token, listener, random, meters, threads, newTls);
  }

  /** The same, telling somebody else. */
  public ClientPorts telling(ClientListener newListener) {
    return new ClientPorts(token, newListener, random, meters, threads, tls);
  }
}
