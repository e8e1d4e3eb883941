package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerTlsConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
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

  /**
   * A server at an address: HTTP in clear, or HTTPS. Then a request in clear is read too, for
   * {@link #require} to say what is wrong with it: where TLS alone listens, it would be hung up on,
   * and its bytes, a token among them, would stand in the library's log.
   */
  static ServerBuilder listening(InetSocketAddress address, @Nullable ServerTls tls) {
    if (tls == null) {
      return Server.builder().http(address);
    }
    ServerTlsConfig asked =
        ServerTlsConfig.builder()
            .clientAuth(ServerTls.clientAuth(tls.config().httpClients()))
            .tlsCustomizer(tls::believe)
            .build();
    return Server.builder()
        .port(address, SessionProtocol.HTTP, SessionProtocol.HTTPS)
        .tlsProvider(new HttpTls(tls), asked)
        .tlsEngineType(
            tls.engine() == TlsEngine.NATIVE ? TlsEngineType.OPENSSL : TlsEngineType.JDK);
  }

  /** The library's meters, which nobody reads; it counts a renewed certificate twice and warns. */
  static MeterRegistry meters() {
    MeterRegistry meters = new CompositeMeterRegistry();
    meters.config().meterFilter(MeterFilter.denyNameStartsWith("armeria.server.tls"));
    return meters;
  }

  /** Refuses what comes in clear, where there is TLS. Inserted last, so that it is asked first. */
  static void require(ServerBuilder builder, @Nullable ServerTls tls) {
    if (tls != null) {
      builder.decorator(
          (delegate, context, request) ->
              context.sessionProtocol().isTls()
                  ? delegate.serve(context, request)
                  : Json.response(
                      new Problem(
                          HttpStatus.BAD_REQUEST,
                          "TLS_REQUIRED",
                          "this port takes https:// only; a token that was sent in clear is to be"
                              + " replaced")));
    }
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
