package vellum.core.access;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds out who shows credentials: by its token, or without one by its certificate. What a caller
 * may do is decided where it asks. Thread-safe; answers from memory.
 */
public final class AccessCheck {

  private final TokenStore tokens;
  private final CertificateNames certificates;
  private final FailedAttempts attempts;

  public AccessCheck(TokenStore tokens, CertificateNames certificates, FailedAttempts attempts) {
    this.tokens = tokens;
    this.certificates = certificates;
    this.attempts = attempts;
  }

  /** What was found. */
  public sealed interface Finding {}

  /**
   * Somebody.
   *
   * @param isGood whether what was shown is still good: not expired, not revoked; for long-lived
   *     connections
   */
  public record Known(Principal who, BooleanSupplier isGood) implements Finding {}

  /**
   * Nobody: nothing was shown, or nothing that is known, or it is not good any more. Which of these
   * the caller is not told.
   *
   * @param retryAfterMs how long to wait because of too many attempts; 0 when there were not
   */
  public record Unknown(long retryAfterMs) implements Finding {}

  /** Who shows these credentials. A token that is shown counts alone: a bad one is not forgiven. */
  public Finding find(Credentials credentials) {
    if (!credentials.token().isEmpty()) {
      Optional<TokenStore.Found> found = tokens.find(credentials.token());
      return found.isPresent() ? known(found.get()) : failed(credentials);
    }
    if (credentials.sans().isEmpty()) {
      return new Unknown(0);
    }
    Optional<Principal> found = certificates.find(credentials.sans());
    Instant end = credentials.certifiedUntil();
    return found.isPresent() && isBefore(end)
        ? new Known(found.get().until(end), () -> isBefore(end))
        : failed(credentials);
  }

  /** A connection may outlive the certificate it was opened with. */
  private boolean isBefore(Instant end) {
    return tokens.now().isBefore(end);
  }

  private Known known(TokenStore.Found found) {
    long number = found.number();
    return new Known(found.who(), () -> tokens.isGood(number));
  }

  private Unknown failed(Credentials credentials) {
    return new Unknown(attempts.failed(credentials.remote()));
  }
}
