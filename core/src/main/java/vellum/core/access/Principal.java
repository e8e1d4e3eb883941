package vellum.core.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * Who asks: the name that stands in the audit trail, and what it may do. Immutable.
 *
 * @param name of the token or of the certificate's setting; no identity
 * @param roles at least one
 * @param accounts that it may send records of, or ask for
 * @param expiresAt the first instant at which this is no longer good; {@link Instant#MAX} for never
 * @param proof how it showed who it is
 */
public record Principal(
    String name, Set<Role> roles, AccountScope accounts, Instant expiresAt, Proof proof) {

  public Principal {
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("whoever asks has at least one role");
    }
  }

  /** How somebody showed who it is. */
  public enum Proof {
    /** A token of the token store. */
    TOKEN,
    /** A certificate that the connection was opened with. */
    CERTIFICATE;

    /** In lower case, as interfaces have it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same, as long as a certificate is good. */
  Principal until(Instant end) {
    return new Principal(name, roles, accounts, end, proof);
  }

  /** Whether it has a role itself: an administrator has no other by being one. */
  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Whether it has a role that does; an administrator has every role. */
  public boolean hasOneOf(Set<Role> sufficient) {
    return roles.contains(Role.ADMINISTRATOR) || roles.stream().anyMatch(sufficient::contains);
  }
}
