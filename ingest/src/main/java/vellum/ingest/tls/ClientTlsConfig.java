package vellum.ingest.tls;

import java.nio.file.Path;

/**
 * Whom a client believes, and what it shows. An empty path is a setting that is not given.
 *
 * @param ca PEM file of the authorities of servers; empty: those that Java comes with
 * @param pinned PEM file of the one certificate that the server has, in place of authorities and
 *     names
 * @param certificate PEM file of the client's own certificate, with the chain behind it
 * @param key PEM file of its private key, not encrypted
 */
public record ClientTlsConfig(Path ca, Path pinned, Path certificate, Path key) {

  private static final Path NONE = Path.of("");

  public ClientTlsConfig {
    if (TlsConfig.isGiven(certificate) != TlsConfig.isGiven(key)) {
      throw new IllegalArgumentException("a client's certificate and its key go together");
    }
    if (TlsConfig.isGiven(ca) && TlsConfig.isGiven(pinned)) {
      throw new IllegalArgumentException("a pinned certificate needs no authorities");
    }
  }

  /** Believes the authorities that Java comes with. */
  public static ClientTlsConfig system() {
    return new ClientTlsConfig(NONE, NONE, NONE, NONE);
  }

  /** Believes the authorities of a file. */
  public static ClientTlsConfig trusting(Path ca) {
    return new ClientTlsConfig(ca, NONE, NONE, NONE);
  }

  /** Believes one certificate, whatever name the server is called by. */
  public static ClientTlsConfig pinning(Path certificate) {
    return new ClientTlsConfig(NONE, certificate, NONE, NONE);
  }

  /** The same, showing a certificate of its own. */
  public ClientTlsConfig showing(Path ownCertificate, Path ownKey) {
    return new ClientTlsConfig(ca, pinned, ownCertificate, ownKey);
  }

  boolean hasOwn() {
    return TlsConfig.isGiven(certificate);
  }
}
