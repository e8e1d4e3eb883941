package vellum.ingest.server;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import vellum.core.access.Principal;
import vellum.v1.FailureCode;

/**
 * What a token or certificate allows.
 *
 * @param accountAllowed whether records of an account may be sent; thread-safe and fast
 * @param expiresAt the first instant at which it is no longer good
 * @param proof how whoever streams has shown who it is
 * @param stands whether it was not taken back meanwhile; thread-safe, asked once a batch
 */
public record Grant(
    Predicate<String> accountAllowed,
    Instant expiresAt,
    Principal.Proof proof,
    BooleanSupplier stands)
    implements Authenticator.Decision {

  /** Whether it allows nothing any more. */
  boolean isOver(Instant now) {
    return !now.isBefore(expiresAt) || !stands.getAsBoolean();
  }

  /** Whether it is by a certificate. */
  boolean isCertified() {
    return proof == Principal.Proof.CERTIFICATE;
  }

  /**
   * Why it ends. A certificate is renewed in its file, where only a new connection takes it up: so
   * its client comes back, where one with an old token need not.
   */
  Refusal over() {
    return isCertified()
        ? Refusal.of(
            FailureCode.CERTIFICATE_EXPIRED, "the certificate of the connection has expired")
        : Refusal.of(FailureCode.BAD_TOKEN, "the token has expired or was revoked");
  }
}
