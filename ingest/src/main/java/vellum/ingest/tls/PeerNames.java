package vellum.ingest.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The names in a peer's certificate, which its authority vouches for. Immutable.
 *
 * @param names subject alternative names of the kinds DNS and URI (RFC 5280 section 4.2.1.6), as
 *     text; at most 64
 * @param until the certificate's last moment; {@link Instant#MAX} without one
 */
public record PeerNames(List<String> names, Instant until) {

  /** Of a peer that shows no certificate. */
  public static final PeerNames NONE = new PeerNames(List.of(), Instant.MAX);

  private static final int MAX_NAMES = 64;
  private static final int DNS = 2;
  private static final int URI = 6;

  public PeerNames {
    names = List.copyOf(names);
  }

  /** Of a connection; none without TLS or certificate. */
  public static PeerNames of(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    return tls == null ? NONE : of(tls.engine().getSession());
  }

  /** Of a session; none without a session or a verified certificate. */
  public static PeerNames of(@Nullable SSLSession session) {
    if (session == null) {
      return NONE;
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? new PeerNames(names(own), own.getNotAfter().toInstant())
          : NONE;
    } catch (SSLPeerUnverifiedException e) {
      return NONE;
    }
  }

  private static List<String> names(X509Certificate certificate) {
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
