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
 * @param subjectLookups look-ups of people that one name of a token or certificate may make in a
 *     minute, 1 to 1,000,000; 120. A mask hides a number only as long as nobody may ask for all
 *     that fit it
 */
public record AccessConfig(Path certificates, int failedAttempts, int subjectLookups) {

  private static final int MAX_BYTES = 4 << 20;
  private static final int MOST_ATTEMPTS = 10_000;
  private static final int MOST_LOOKUPS = 1_000_000;

  public AccessConfig {
    if (failedAttempts < 1 || failedAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "failedAttempts must be 1 to " + MOST_ATTEMPTS + ": " + failedAttempts);
    }
    if (subjectLookups < 1 || subjectLookups > MOST_LOOKUPS) {
      throw new IllegalArgumentException(
          "subjectLookups must be 1 to " + MOST_LOOKUPS + ": " + subjectLookups);
    }
  }

  /** The defaults. */
  public static AccessConfig defaults() {
    return new AccessConfig(Path.of(""), 20, 120);
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
