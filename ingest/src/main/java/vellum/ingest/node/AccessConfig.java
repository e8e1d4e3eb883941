package vellum.ingest.node;

import java.nio.file.Path;
import vellum.core.access.CertificateNames;
import vellum.core.policy.CertificateFile;

/**
 * Who may come in beside those who have a token, and how often one may fail.
 *
 * @param certificates file of the names of certificates, read at every start; empty: nobody comes
 *     in by one. {@code config/certificates.yaml} shows the format
 * @param failedAttempts bad tokens that a remote address may show in a minute before it is told to
 *     wait, 1 to 10,000; 20
 */
public record AccessConfig(Path certificates, int failedAttempts) {

  private static final int MAX_BYTES = 4 << 20;
  private static final int MOST_ATTEMPTS = 10_000;

  public AccessConfig {
    if (failedAttempts < 1 || failedAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "failedAttempts must be 1 to " + MOST_ATTEMPTS + ": " + failedAttempts);
    }
  }

  /** The defaults. */
  public static AccessConfig defaults() {
    return new AccessConfig(Path.of(""), 20);
  }

  /**
   * Reads the names.
   *
   * @throws NodeException.BadConfig naming the file, and in it line and field
   */
  CertificateNames read() {
    return new NamedFile("access.certificates", certificates, MAX_BYTES)
        .read(CertificateNames.NONE, CertificateFile::read);
  }
}
