package vellum.ingest.server;

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
   * @param token its proof; not to be logged or kept
   */
  Decision authenticate(String producer, String token);

  /** The answer. */
  sealed interface Decision permits Grant, Refused {}

  /**
   * No.
   *
   * @param reason told to the client; holds no value of the token
   */
  record Refused(String reason) implements Decision {}
}
