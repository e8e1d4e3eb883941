package vellum.ingest.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/**
 * The certificate that both servers show, and whom they believe; follows its files. Connections
 * that are open keep what they began with, new ones get the newest that was good. Thread-safe.
 */
public final class ServerTls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

  private final TlsConfig config;
  private final TlsEngine engine;
  private final InstantSource clock;

  /** What was read last, good or not. */
  private Files seen;

  private String trouble = "";
  private boolean toldExpiry;
  private volatile State state;

  /**
   * What new connections get.
   *
   * @param authorities of clients' certificates; empty when none are asked for
   */
  public record State(TlsIdentity identity, List<X509Certificate> authorities) {}

  private SslContext context;

  private ServerTls(TlsConfig config, TlsEngine engine, InstantSource clock) {
    this.config = config;
    this.engine = engine;
    this.clock = clock;
    this.seen = Files.read(config);
    this.state = seen.state(clock.instant());
    this.context = context(state);
  }

  /**
   * Reads the files.
   *
   * @param config of which TLS is on
   * @throws TlsException naming the file that is not good
   */
  public static ServerTls open(TlsConfig config, TlsEngine engine, InstantSource clock) {
    ServerTls tls = new ServerTls(config, engine, clock);
    LOG.info(
        Event.TLS_USED.code(),
        "TLS 1.3 and 1.2 by {}, certificate until {}",
        engine.words(),
        tls.state.identity().expiresAt());
    return tls;
  }

  /** The settings. */
  public TlsConfig config() {
    return config;
  }

  public TlsEngine engine() {
    return engine;
  }

  /** What new connections get. */
  public State state() {
    return state;
  }

  /** When the certificate that is shown ends, for metrics. */
  public Instant expiresAt() {
    return state.identity().expiresAt();
  }

  /** Why the files as they are now are not taken, or empty. */
  public synchronized String trouble() {
    return trouble;
  }

  /** The server's end of a new streaming connection. */
  public synchronized SslHandler newHandler(ByteBufAllocator allocator) {
    return context.newHandler(allocator);
  }

  /**
   * Looks at the files, and takes them when they have changed and are good; else what was good
   * before stays. Costs three small reads. Never throws: whoever looks at the files goes on doing
   * so.
   *
   * @return whether new ones were taken
   */
  public synchronized boolean reload() {
    try {
      tellExpiry();
      Files now = Files.read(config);
      // What was refused may have become good since: its first day, or a file that could not be
      // read.
      if (now.hasSameContent(seen) && trouble.isEmpty()) {
        return false;
      }
      seen = now;
      State next = now.state(clock.instant());
      SslContext made = context(next);
      ReferenceCountUtil.release(context);
      context = made;
      state = next;
      trouble = "";
      toldExpiry = false;
      LOG.info(
          Event.TLS_RELOADED.code(),
          "TLS files reloaded: certificate until {}",
          next.identity().expiresAt());
      return true;
    } catch (TlsException e) {
      complain(String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException e) {
      // A library's: its message may hold what was in a file.
      complain("reading them failed with " + e.getClass().getName());
      return false;
    }
  }

  private void complain(String message) {
    if (!message.equals(trouble)) {
      trouble = message;
      LOG.warn(
          Event.TLS_KEPT.code(),
          "TLS files are not taken, the certificate of before stays: {}",
          message);
    }
  }

  private void tellExpiry() {
    if (!toldExpiry && clock.instant().isAfter(expiresAt())) {
      toldExpiry = true;
      LOG.error(
          Event.TLS_EXPIRED.code(),
          "the certificate expired at {}: no client connects any more",
          expiresAt());
    }
  }

  private SslContext context(State of) {
    SslContextBuilder builder =
        SslContextBuilder.forServer(of.identity().key(), of.identity().chain());
    believe(builder, of);
    builder.clientAuth(clientAuth(config.ingestClients()));
    try {
      return engine.settleServer(builder).build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TlsException.Unusable(config.certificate() + " with " + config.key(), e);
    }
  }

  /** Lets a server believe the authorities as they are now; without any, it asks for nothing. */
  public void believe(SslContextBuilder builder) {
    believe(builder, state);
  }

  private void believe(SslContextBuilder builder, State of) {
    if (of.authorities().isEmpty()) {
      return;
    }
    try {
      X509ExtendedTrustManager trust = JavaContexts.trusting(of.authorities());
      builder.trustManager(engine == TlsEngine.NATIVE ? new ClientTrust(trust) : trust);
    } catch (GeneralSecurityException e) {
      throw new TlsException.Unusable(config.clientCa().toString(), e);
    }
  }

  /** As Netty names it. */
  public static ClientAuth clientAuth(ClientCertificates wish) {
    return switch (wish) {
      case NONE -> ClientAuth.NONE;
      case WANTED -> ClientAuth.OPTIONAL;
      case REQUIRED -> ClientAuth.REQUIRE;
    };
  }

  /** Frees what connections to come would have got. */
  @Override
  public synchronized void close() {
    ReferenceCountUtil.release(context);
  }

  /** The three files at one moment. */
  private record Files(PemFile certificate, PemFile key, @Nullable PemFile clientCa) {

    static Files read(TlsConfig config) {
      Path ca = config.clientCa();
      return new Files(
          PemFile.read(config.certificate()),
          PemFile.read(config.key()),
          TlsConfig.isGiven(ca) ? PemFile.read(ca) : null);
    }

    boolean hasSameContent(Files other) {
      return certificate.hasSameContent(other.certificate)
          && key.hasSameContent(other.key)
          && (clientCa == null
              || (other.clientCa != null && clientCa.hasSameContent(other.clientCa)));
    }

    State state(Instant now) {
      return new State(
          TlsIdentity.of(certificate, key, now),
          clientCa == null ? List.of() : clientCa.certificates());
    }
  }
}
