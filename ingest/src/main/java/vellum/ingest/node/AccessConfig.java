package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vellum.core.access.CertificateNames;
import vellum.core.policy.CertificateFile;
import vellum.core.policy.PolicyException;

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
    if (certificates.toString().isEmpty()) {
      return CertificateNames.NONE;
    }
    try {
      if (Files.size(certificates) > MAX_BYTES) {
        throw new NodeException.BadConfig(
            "access.certificates: " + certificates + " must have at most " + MAX_BYTES + " bytes");
      }
      return CertificateFile.read(Files.readString(certificates));
    } catch (PolicyException e) {
      throw new NodeException.BadConfig(
          "access.certificates: " + certificates + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("access.certificates: " + certificates + " cannot be read", e);
    }
  }
}
