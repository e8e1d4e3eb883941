package vellum.ingest.api;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerTlsConfig;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.ingest.tls.ServerTls;
import vellum.ingest.tls.TlsEngine;
import vellum.ingest.tls.TlsIdentity;

/**
 * TLS of the HTTP server: asked at each handshake what certificate to show and whom to believe, so
 * that files that were replaced count from the next connection on. Thread-safe.
 */
final class HttpTls implements TlsProvider {

  private final ServerTls tls;

  private HttpTls(ServerTls tls) {
    this.tls = tls;
  }

  /** A server at an address: HTTPS and nothing else, or HTTP where there is no TLS. */
  static ServerBuilder listening(InetSocketAddress address, @Nullable ServerTls tls) {
    if (tls == null) {
      return Server.builder().http(address);
    }
    ServerTlsConfig asked =
        ServerTlsConfig.builder()
            .clientAuth(ServerTls.clientAuth(tls.config().httpClients()))
            .build();
    return Server.builder()
        .https(address)
        .tlsProvider(new HttpTls(tls), asked)
        .tlsEngineType(
            tls.engine() == TlsEngine.NATIVE ? TlsEngineType.OPENSSL : TlsEngineType.JDK);
  }

  @Override
  public TlsKeyPair keyPair(String hostname) {
    TlsIdentity shown = tls.state().identity();
    return TlsKeyPair.of(shown.key(), shown.chain());
  }

  @Override
  public List<X509Certificate> trustedCertificates(String hostname) {
    return tls.state().authorities();
  }
}
