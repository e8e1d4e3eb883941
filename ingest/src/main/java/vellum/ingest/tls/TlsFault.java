package vellum.ingest.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why a handshake failed, in words of a client's operator: libraries say the same in many ways, and
 * some of them print certificates. Stateless.
 */
public final class TlsFault {

  private TlsFault() {}

  /**
   * Why a connection is not secure, or empty when this failure is of another kind, such as a broken
   * connection.
   */
  public static Optional<String> explain(Throwable failure) {
    Optional<String> said = Optional.empty();
    String message = "";
    for (Throwable each : Causes.of(failure)) {
      Optional<String> inner = ofType(each);
      said = inner.isPresent() ? inner : said;
      message = each instanceof SSLException ? String.valueOf(each.getMessage()) : message;
    }
    return said.isPresent() ? said : ofAlert(message);
  }

  private static Optional<String> ofType(Throwable cause) {
    if (cause instanceof NotSslRecordException) {
      return Optional.of("the server answers without TLS");
    } else if (cause instanceof CertificateExpiredException) {
      return Optional.of("the server's certificate has expired");
    } else if (cause instanceof CertificateNotYetValidException) {
      return Optional.of(
          "the server's certificate is not valid yet; see whether the clock is right");
    } else if (cause instanceof CertPathBuilderException
        || cause instanceof CertPathValidatorException) {
      return Optional.of("the server's certificate is of no authority that is trusted here");
    } else if (cause instanceof CertificateException certificate
        && certificate.getCause() == null) {
      return Optional.of(ofName(String.valueOf(certificate.getMessage())));
    }
    return Optional.empty();
  }

  private static String ofName(String message) {
    return message.startsWith("No subject alternative") || message.startsWith("No name matching")
        ? "the server's certificate is not for the name or address that it was called by"
        : "the server's certificate is not the expected one";
  }

  /** Alerts of RFC 8446 section 6, as Java and BoringSSL print them. */
  private static Optional<String> ofAlert(String message) {
    String all = message.toUpperCase(Locale.ROOT).replace(' ', '_');
    if (all.contains("CERTIFICATE_REQUIRED")) {
      return Optional.of("the server asks for a client certificate");
    } else if (all.contains("CERTIFICATE_EXPIRED")) {
      return Optional.of("the server says that the client's certificate has expired");
    } else if (all.contains("UNKNOWN_CA")
        || all.contains("CERTIFICATE_UNKNOWN")
        || all.contains("BAD_CERTIFICATE")) {
      return Optional.of("the server does not trust the client's certificate");
    } else if (all.contains("HANDSHAKE_FAILURE")) {
      return Optional.of(
          "the server refuses the handshake: it may ask for a client certificate, or takes other"
              + " versions of TLS");
    } else if (all.contains("PROTOCOL_VERSION")) {
      return Optional.of("server and client have no version of TLS in common");
    } else if (all.contains("UNRECOGNIZED_SSL_MESSAGE") || all.contains("WRONG_VERSION_NUMBER")) {
      return Optional.of("the server answers without TLS");
    }
    return Optional.empty();
  }
}
