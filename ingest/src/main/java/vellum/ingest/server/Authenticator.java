package vellum.ingest.server;

import vellum.core.access.Credentials;

/**
 * Port: decides who may stream. Thread-safe; called on event loops, so it answers from memory and
 * does not block.
 */
@FunctionalInterface
public interface Authenticator {

  /**
   * Answers a Hello or a Reauth.
   *
   * @param producer the name that the client claims
   * @param credentials its proof; not to be logged or kept
   */
  Decision authenticate(String producer, Credentials credentials);

  /** The answer. */
  sealed interface Decision permits Grant, Refused {}

  /**
   * No.
   *
   * @param reason told to the client; holds no value of the token
   * @param retryAfterMs how long it is to wait before it tries again; 0 when waiting helps nothing
   */
  record Refused(String reason, int retryAfterMs) implements Decision {}
}
