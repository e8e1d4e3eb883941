package vellum.ingest.server;

import java.time.Instant;
import java.util.function.Predicate;

/**
 * What a token allows.
 *
 * @param accountAllowed whether records of an account may be sent; thread-safe and fast
 * @param expiresAt the first instant at which it is no longer good
 */
public record Grant(Predicate<String> accountAllowed, Instant expiresAt)
    implements Authenticator.Decision {}
