package vellum.ingest.server;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What a token or certificate allows.
 *
 * @param accountAllowed whether records of an account may be sent; thread-safe and fast
 * @param expiresAt the first instant at which it is no longer good
 * @param stands whether it was not taken back meanwhile; thread-safe, asked once a batch
 */
public record Grant(Predicate<String> accountAllowed, Instant expiresAt, BooleanSupplier stands)
    implements Authenticator.Decision {

  /** Whether it allows nothing any more. */
  boolean isOver(Instant now) {
    return !now.isBefore(expiresAt) || !stands.getAsBoolean();
  }
}
