package vellum.ingest.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.access.FailedAttempts;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KekSecret;
import vellum.core.log.Event;
import vellum.ingest.api.ApiServer;
import vellum.ingest.api.HealthPorts;
import vellum.ingest.api.Reason;
import vellum.ingest.api.SealedPorts;
import vellum.ingest.api.UnsealPort;
import vellum.ingest.metrics.JvmMeters;
import vellum.ingest.metrics.NodeMeters;
import vellum.ingest.metrics.SealedSample;
import vellum.ingest.server.IngestServer;
import vellum.ingest.server.ServerPorts;
import vellum.ingest.tls.ServerTls;

/**
 * Both servers of a node whose keys wait for their secret: they tell everybody so, and take it.
 * They have the node's addresses, TLS and tokens, and nothing of its records. Thread-safe.
 */
final class WaitingRoom implements UnsealPort, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

  private final Ground ground;
  private final String why;
  private final AtomicBoolean trying = new AtomicBoolean();
  private final CompletableFuture<Optional<KeyParts>> ended = new CompletableFuture<>();
  private final Closers closers;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Kept here: the registry does not. */
  private final Supplier<SealedSample> sample = this::sample;

  private final ApiServer api;
  private final IngestServer ingest;
  private volatile Reason.Code phase = Reason.Code.SEALED;

  private WaitingRoom(Ground ground, String why, Closers closers) {
    this.ground = ground;
    this.why = why;
    this.closers = closers;
    NodeMeters.bindSealed(meters, sample, ProgramVersion.text());
    closers.own("the meters of the Java runtime", new JvmMeters(meters));
    ScheduledExecutorService workers =
        Executors.newScheduledThreadPool(
            ground.config().http().workers(), NodeThreads.numbered("vellum-http-worker"));
    closers.then("the workers of the HTTP server", () -> NodeThreads.stop(workers));
    Securing.follow(ground.tls(), workers);
    api = closers.own("the HTTP server", serveHttp(workers));
    ingest = closers.own("the streaming server", serveStreams());
  }

  /**
   * Listens, and tells where.
   *
   * @param why the secret is awaited, in a sentence that everybody may read
   * @throws NodeException.CannotListen naming the address and the settings of it
   */
  static WaitingRoom open(Ground ground, String why) {
    Closers closers = new Closers();
    try {
      WaitingRoom room = new WaitingRoom(ground, why, closers);
      ground
          .files()
          .announce(
              room.api.address(),
              room.ingest.address(),
              ground.machine().clock().instant(),
              ground.config().tls().certificate());
      return room;
    } catch (RuntimeException e) {
      throw closers.closeAfter(NodeException.CannotListen.named(e));
    }
  }

  private ApiServer serveHttp(ScheduledExecutorService workers) {
    NodeConfig config = ground.config();
    return ApiServer.startSealed(
        config.http(),
        new SealedPorts(
            ground.doors().access().check(),
            this,
            new FailedAttempts(config.access().failedAttempts(), ground.machine().clocks().nanos()),
            ground.trail(),
            HealthPorts.sealed(this::reasons, meters, meters::scrape),
            workers,
            NodeThreads.numbered("vellum-http"),
            ground.tls()));
  }

  private IngestServer serveStreams() {
    return IngestServer.start(
        () -> ground.config().ingest(),
        new ServerPorts(
            null,
            ground.machine().clock(),
            meters,
            NodeThreads.numbered("vellum-ingest"),
            ground.tls()));
  }

  private List<Reason> reasons() {
    Reason.Code code = phase;
    return List.of(
        new Reason(
            code,
            switch (code) {
              case STARTING -> "the node is starting";
              case STOPPING -> "the node is stopping";
              default -> why;
            }));
  }

  private SealedSample sample() {
    ServerTls tls = ground.tls();
    double certificateSeconds =
        tls == null
            ? Double.NaN
            : Duration.between(ground.machine().clock().instant(), tls.expiresAt()).toMillis()
                / 1e3;
    return new SealedSample(
        Set.of(phase), ground.around().freeBytes(), certificateSeconds, ground.trail().failures());
  }

  /** Where it listens. */
  Listening listening() {
    return Listening.of(ingest.address(), api.address());
  }

  /** The streaming server. */
  IngestServer ingest() {
    return ingest;
  }

  /** The HTTP server. */
  ApiServer api() {
    return api;
  }

  /** Waits for the keys; empty when it was closed before they came. */
  Optional<KeyParts> await() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the waiting ends in no other way", e);
    }
  }

  @Override
  public Answer unseal(KekSecret secret, boolean first) {
    if (!trying.compareAndSet(false, true)) {
      return new Refused(Why.UNSEALING, "another secret is being tried: try again in a moment");
    }
    try {
      return phase == Reason.Code.SEALED
          ? tried(secret, first)
          : new Refused(Why.NOT_SEALED, "the server has its secret, or is stopping");
    } finally {
      trying.set(false);
    }
  }

  private Answer tried(KekSecret secret, boolean first) {
    try {
      boolean makesKey = KeyParts.makesKey(ground.config());
      if (first != makesKey) {
        return makesKey
            ? new Refused(
                Why.NO_KEY_YET,
                "no key of this provider is there yet: to have one made that this secret opens, say"
                    + " that it is the first")
            : new Refused(
                Why.KEY_EXISTS, "there is a key: give its secret, and do not say it is the first");
      }
      KeyParts keys = KeyParts.open(ground, secret);
      phase = Reason.Code.STARTING;
      String id = keys.provider().current().id();
      LOG.info(Event.NODE_UNSEALED.code(), "unsealed: the key-encryption key is {}", id);
      return new Opened(id, () -> ended.complete(Optional.of(keys)));
    } catch (CryptoException.UnfitSecret e) {
      return refused(Why.BAD_SECRET, e);
    } catch (CryptoException.WrongSecret e) {
      return refused(Why.WRONG_SECRET, e);
    } catch (CryptoException e) {
      return refused(e.recoverable() ? Why.KEYS_UNAVAILABLE : Why.KEYS_DAMAGED, e);
    } catch (NodeException.NotFit e) {
      return refused(Why.KEYS_DAMAGED, e);
    }
  }

  private static Refused refused(Why why, RuntimeException e) {
    LOG.warn(Event.UNSEAL_REFUSED.code(), "still sealed, {}: {}", why, e.getMessage());
    return new Refused(why, String.valueOf(e.getMessage()));
  }

  /**
   * Ends both servers; who is being answered is answered.
   *
   * @throws NodeException.BadStop when a part could not be closed
   */
  @Override
  public void close() {
    if (phase == Reason.Code.SEALED) {
      phase = Reason.Code.STOPPING;
    }
    ended.complete(Optional.empty());
    NodeException.BadStop failure = closers.close();
    if (failure != null) {
      throw failure;
    }
  }
}
