package vellum.ingest.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The names in a peer's certificate, which its authority vouches for: subject alternative names of
 * the kinds DNS and URI (RFC 5280 section 4.2.1.6), as text. Stateless.
 */
public final class PeerNames {

  private static final int MAX_NAMES = 64;
  private static final int DNS = 2;
  private static final int URI = 6;

  private PeerNames() {}

  /** Of a connection; empty without TLS or certificate. */
  public static List<String> of(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    return tls == null ? List.of() : of(tls.engine().getSession());
  }

  /** Of a session; empty without a session or a verified certificate. At most 64. */
  public static List<String> of(@Nullable SSLSession session) {
    if (session == null) {
      return List.of();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own ? of(own) : List.of();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  private static List<String> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS) || name.get(0).equals(URI))
              .limit(MAX_NAMES)
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
