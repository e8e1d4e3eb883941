package vellum.ingest.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;

/** Who does the TLS: BoringSSL through netty-tcnative, or Java itself where that does not load. */
public enum TlsEngine {
  NATIVE(SslProvider.OPENSSL_REFCNT, SslProvider.OPENSSL),
  JAVA(SslProvider.JDK, SslProvider.JDK);

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** TLS 1.3, and of TLS 1.2 what has forward secrecy and authenticated encryption (RFC 9325). */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final SslProvider server;

  /** Its native memory goes with the object: a client has no end at which it could be released. */
  private final SslProvider client;

  TlsEngine(SslProvider server, SslProvider client) {
    this.server = server;
    this.client = client;
  }

  /** The native one if its library loads. */
  public static TlsEngine best() {
    return OpenSsl.isAvailable() ? NATIVE : JAVA;
  }

  /** For the log: which it is, and why not the faster one. */
  public String words() {
    if (this == NATIVE) {
      return "BoringSSL by netty-tcnative";
    }
    Throwable cause = OpenSsl.unavailabilityCause();
    return cause == null
        ? "Java's own"
        : "Java's own, as netty-tcnative does not load (" + cause.getClass().getSimpleName() + ")";
  }

  /** Settles what a server's contexts have, which are to be released. */
  SslContextBuilder settleServer(SslContextBuilder builder) {
    return settle(builder, server);
  }

  /** The same for a client's, which need not be released. */
  SslContextBuilder settleClient(SslContextBuilder builder) {
    return settle(builder, client);
  }

  /** The same versions and ciphers for servers and clients. */
  private static SslContextBuilder settle(SslContextBuilder builder, SslProvider provider) {
    return builder
        .sslProvider(provider)
        .protocols(PROTOCOLS)
        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
  }
}
