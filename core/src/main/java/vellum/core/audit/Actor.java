package vellum.core.audit;

/**
 * Who did something.
 *
 * @param name of a token or certificate, 1 to 64 characters; no identity
 * @param role or roles that it has, 1 to 128 characters
 * @param means by which it showed who it is, 1 to 32 characters
 */
public record Actor(String name, String role, String means) {

  /** The server by itself, by its policy and its clock. */
  public static final Actor SERVER = new Actor("vellum", "server", "itself");

  public Actor {
    AuditText.require("who", name, 1, 64);
    AuditText.require("role", role, 1, 128);
    AuditText.require("means", means, 1, 32);
  }
}
