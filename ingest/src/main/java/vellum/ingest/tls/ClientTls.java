package vellum.ingest.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of TLS: checks the server's certificate and name, shows one of its own if it has
 * one. Thread-safe. Its files are looked at before each connection, so that a renewed certificate
 * needs no restart; ones that are not good leave those of before in use.
 */
public final class ClientTls {

  private final ClientTlsConfig config;
  private final TlsEngine engine;
  private final InstantSource clock;

  private Material material;
  private @Nullable SslContext context;

  /** What the files held. */
  private record Material(
      List<PemFile> files, X509ExtendedTrustManager trust, @Nullable TlsIdentity own) {}

  private ClientTls(ClientTlsConfig config, TlsEngine engine, InstantSource clock) {
    this.config = config;
    this.engine = engine;
    this.clock = clock;
    this.material = material(read(config));
  }

  /**
   * Reads the files.
   *
   * @throws TlsException naming the file that is not good
   */
  public static ClientTls open(ClientTlsConfig config, InstantSource clock) {
    return new ClientTls(config, TlsEngine.best(), clock);
  }

  /** The same by an engine of choice. */
  public static ClientTls open(ClientTlsConfig config, TlsEngine engine, InstantSource clock) {
    return new ClientTls(config, engine, clock);
  }

  /** The client's end of a new connection to a server of this name. */
  public synchronized SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
    refresh();
    return context().newHandler(allocator, host, port);
  }

  /**
   * Makes what {@link #newHandler} hands out, so that what cannot be used is told here.
   *
   * @throws TlsException.Unusable when key and certificate are of a kind that TLS has no use for
   */
  public synchronized void prepare() {
    context();
  }

  private SslContext context() {
    SslContext made = context;
    if (made == null) {
      made = build(material);
      context = made;
    }
    return made;
  }

  /** For the HTTP client of Java, which checks the server's name itself. */
  public synchronized SSLContext javaContext() {
    refresh();
    try {
      return JavaContexts.of(material.trust, material.own);
    } catch (GeneralSecurityException e) {
      throw new TlsException.Unusable("the client's certificate", e);
    }
  }

  private void refresh() {
    try {
      List<PemFile> now = read(config);
      if (!haveSameContent(now, material.files)) {
        Material next = material(now);
        if (context != null) {
          context = build(next);
        }
        material = next;
      }
    } catch (TlsException e) {
      // What was good before stays; the server says so when it is over.
      return;
    }
  }

  private static List<PemFile> read(ClientTlsConfig config) {
    List<PemFile> files = new ArrayList<>();
    if (TlsConfig.isGiven(config.pinned())) {
      files.add(PemFile.read(config.pinned()));
    } else if (TlsConfig.isGiven(config.ca())) {
      files.add(PemFile.read(config.ca()));
    }
    if (config.hasOwn()) {
      files.add(PemFile.read(config.certificate()));
      files.add(PemFile.read(config.key()));
    }
    return files;
  }

  private static boolean haveSameContent(List<PemFile> one, List<PemFile> other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = one.get(i).hasSameContent(other.get(i));
    }
    return same;
  }

  private Material material(List<PemFile> files) {
    int last = files.size() - 1;
    TlsIdentity own =
        config.hasOwn()
            ? TlsIdentity.of(files.get(last - 1), files.get(last), clock.instant())
            : null;
    return new Material(files, trust(files), own);
  }

  private X509ExtendedTrustManager trust(List<PemFile> files) {
    if (TlsConfig.isGiven(config.pinned())) {
      return new PinnedTrust(files.get(0).certificates().get(0));
    }
    try {
      return TlsConfig.isGiven(config.ca())
          ? JavaContexts.trusting(files.get(0).certificates())
          : JavaContexts.trustingSystem();
    } catch (GeneralSecurityException e) {
      throw new TlsException.Unusable("the list of authorities", e);
    }
  }

  private SslContext build(Material of) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .trustManager(of.trust)
            .endpointIdentificationAlgorithm("HTTPS");
    TlsIdentity own = of.own;
    if (own != null) {
      builder.keyManager(own.key(), own.chain());
    }
    try {
      return engine.settleClient(builder).build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TlsException.Unusable("the client's certificate", e);
    }
  }
}
