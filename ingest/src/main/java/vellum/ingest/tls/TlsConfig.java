package vellum.ingest.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of TLS, which both servers share. An empty path is a setting that is not given.
 *
 * @param certificate PEM file of the servers' certificate, followed by those between it and its
 *     authority; empty: no TLS
 * @param key PEM file of its private key, not encrypted; may be the same file
 * @param clientCa PEM file of the authorities whose client certificates are believed
 * @param ingestClients whether the streaming server asks for certificates; none
 * @param httpClients whether the HTTP server does; none
 * @param reloadEvery how often the files are looked at, 1 s to 1 h; 10 s
 */
public record TlsConfig(
    Path certificate,
    Path key,
    Path clientCa,
    ClientCertificates ingestClients,
    ClientCertificates httpClients,
    Duration reloadEvery) {

  public TlsConfig {
    if (isGiven(certificate) != isGiven(key)) {
      throw new IllegalArgumentException(
          (isGiven(key) ? "key" : "certificate")
              + " must not stand alone: a certificate and its private key go together");
    }
    boolean asks =
        ingestClients != ClientCertificates.NONE || httpClients != ClientCertificates.NONE;
    if (asks && !isGiven(clientCa)) {
      throw new IllegalArgumentException(
          (ingestClients != ClientCertificates.NONE ? "ingestClients" : "httpClients")
              + " must be none as long as tls.client_ca, the authorities that are believed, is empty: "
              + (ingestClients != ClientCertificates.NONE ? ingestClients : httpClients)
                  .name()
                  .toLowerCase(Locale.ROOT));
    }
    if (isGiven(clientCa) && !isGiven(certificate)) {
      throw new IllegalArgumentException(
          "clientCa must be empty as long as there is no certificate: " + clientCa);
    }
    if (reloadEvery.toMillis() < 1_000 || reloadEvery.toMillis() > 3_600_000) {
      throw new IllegalArgumentException(
          "reloadEvery must be 1s to 1h: " + reloadEvery.toMillis() + "ms");
    }
  }

  /** The defaults: no TLS. */
  public static TlsConfig defaults() {
    Path none = Path.of("");
    return new TlsConfig(
        none, none, none, ClientCertificates.NONE, ClientCertificates.NONE, Duration.ofSeconds(10));
  }

  /** Whether the servers speak TLS, and nothing else. */
  public boolean isOn() {
    return isGiven(certificate);
  }

  static boolean isGiven(Path path) {
    return !path.toString().isEmpty();
  }
}
