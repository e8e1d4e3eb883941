package vellum.ingest.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A server's judgement of clients' certificates by BoringSSL: Java's, with the alert that RFC 8446
 * has for an unknown authority, where the library would tell of an internal error. Thread-safe.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  /** X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY of the library: the alert unknown_ca. */
  private static final int ISSUER_UNKNOWN = 20;

  private final X509ExtendedTrustManager java;

  ClientTrust(X509ExtendedTrustManager java) {
    this.java = java;
  }

  /** A check of a certificate. */
  private interface Check {
    void run() throws CertificateException;
  }

  private static void judge(Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      if (Causes.of(e).stream().anyMatch(CertificateExpiredException.class::isInstance)) {
        throw e;
      }
      throw new OpenSslCertificateException("not trusted", e, ISSUER_UNKNOWN);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge(() -> java.checkClientTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(() -> java.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(() -> java.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("servers are not judged here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return java.getAcceptedIssuers();
  }
}
