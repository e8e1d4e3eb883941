package vellum.core.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is listed: everything but the token itself, which nobody can show again. Immutable.
 *
 * @param number by which it is revoked, from 1
 * @param name of whoever has it; several tokens may have one name, such as the old and the new one
 * @param createdBy name of the caller that made it
 * @param expiresAt {@link Instant#MAX} for never
 * @param revocation null while nobody revoked it
 */
public record Token(
    long number,
    String name,
    Set<Role> roles,
    AccountScope accounts,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    @Nullable Revocation revocation) {

  public Token {
    roles = Set.copyOf(roles);
  }

  /** When, by whom and why a token was revoked. */
  public record Revocation(Instant at, String by, String reason) {}

  /** How a token is. */
  public enum State {
    GOOD,
    EXPIRED,
    REVOKED
  }

  /** How it is at an instant. */
  public State state(Instant now) {
    if (revocation != null) {
      return State.REVOKED;
    }
    return now.isBefore(expiresAt) ? State.GOOD : State.EXPIRED;
  }

  /** From when on it was not good any more; {@link Instant#MAX} for never. */
  Instant end() {
    Revocation revoked = revocation;
    return revoked != null && revoked.at().isBefore(expiresAt) ? revoked.at() : expiresAt;
  }

  /** Who shows it. */
  Principal principal() {
    return new Principal(name, roles, accounts, expiresAt, Principal.Proof.TOKEN);
  }

  Token revoked(Revocation made) {
    return new Token(number, name, roles, accounts, createdAt, createdBy, expiresAt, made);
  }
}
