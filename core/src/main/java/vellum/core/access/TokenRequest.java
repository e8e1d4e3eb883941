package vellum.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a new token is to be. Immutable.
 *
 * @param name of whoever will have it; a producer streams under this name only
 * @param roles at least one
 * @param expiresAt at most {@link #LONGEST_LIFE} from now on, or {@link Instant#MAX} for never
 */
public record TokenRequest(String name, Set<Role> roles, AccountScope accounts, Instant expiresAt) {

  /** How long a token is good when nobody says how long. */
  public static final Duration DEFAULT_LIFE = Duration.ofDays(365);

  /** How long a token that ends is good at most: ten years. */
  public static final Duration LONGEST_LIFE = Duration.ofDays(3_653);

  /**
   * Checks the name.
   *
   * @throws AccessException.Invalid naming the bound
   */
  public TokenRequest {
    CallerName.checked(name);
    roles = Set.copyOf(roles);
    requireRoles(roles, accounts);
  }

  /** Of an administrator nothing is kept away, so that binding one to accounts would say little. */
  static void requireRoles(Set<Role> roles, AccountScope accounts) {
    if (roles.isEmpty()) {
      throw new AccessException.Invalid("at least one role is needed");
    }
    if (roles.contains(Role.ADMINISTRATOR) && !accounts.isEvery()) {
      throw new AccessException.Invalid("an administrator is bound to no account");
    }
  }
}
