package vellum.core.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * Who a certificate is: a subject alternative name, and what whoever has it may do. Immutable.
 *
 * @param san as text, without regard to capitals: {@code smsc-1.example}, {@code spiffe://…}
 * @param name that stands in the audit trail; a producer streams under this name only
 * @param roles at least one
 */
public record CertificateName(String san, String name, Set<Role> roles, AccountScope accounts) {

  /** Longest subject alternative name in characters. */
  public static final int MOST_CHARS = 255;

  /**
   * Checks the parts.
   *
   * @throws AccessException.Invalid naming the bound
   */
  public CertificateName {
    if (san.isBlank()
        || san.length() > MOST_CHARS
        || san.chars().anyMatch(Character::isISOControl)) {
      throw new AccessException.Invalid("san must have 1 to " + MOST_CHARS + " characters");
    }
    san = san.toLowerCase(Locale.ROOT);
    CallerName.checked(name);
    roles = Set.copyOf(roles);
    TokenRequest.requireRoles(roles, accounts);
  }

  /** Who shows it; it ends when the certificate does that is shown. */
  Principal principal() {
    return new Principal(name, roles, accounts, Instant.MAX, Principal.Proof.CERTIFICATE);
  }
}
