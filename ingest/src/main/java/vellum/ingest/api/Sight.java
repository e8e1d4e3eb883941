package vellum.ingest.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import vellum.core.access.Role;
import vellum.core.seal.Identities;

/**
 * How much of identities a caller sees, by its roles: whole ones who answers for them and asks,
 * masked ones who helps customers, none who bills or runs the server. Stateless.
 */
final class Sight {

  private static final Set<Role> MASKED = Set.of(Role.SUPPORT, Role.PRIVACY, Role.DISCLOSURE);

  private Sight() {}

  /**
   * What it sees.
   *
   * @param reveal whether it asks for whole identities
   * @throws Problem when it may not
   */
  static Identities of(ServiceRequestContext context, boolean reveal) {
    if (reveal) {
      Caller.require(context, Role.PRIVACY, Role.DISCLOSURE);
      return Identities.CLEAR;
    }
    return Caller.of(context).hasOneOf(MASKED) ? Identities.MASKED : Identities.ABSENT;
  }
}
