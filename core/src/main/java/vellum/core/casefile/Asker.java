package vellum.core.casefile;

import java.util.Set;
import vellum.core.access.Principal;
import vellum.core.access.Role;
import vellum.core.audit.Actor;

/**
 * Who asks about cases. Roles count as they were given: an administrator is none of the others.
 * Immutable.
 *
 * @param name as it stands in the audit trail; two people have two names
 * @param roles that it has itself
 * @param means by which it showed who it is
 */
public record Asker(String name, Set<Role> roles, String means) {

  /** Nobody in particular: sees what is no secret. */
  public static final Asker NOBODY = new Asker("vellum", Set.of(), "itself");

  public Asker {
    roles = Set.copyOf(roles);
  }

  public static Asker of(Principal caller) {
    return new Asker(caller.name(), caller.roles(), caller.proof().text());
  }

  /** Whether it has this role itself. */
  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Whether it may know of secret holds. */
  public boolean secret() {
    return has(Role.DISCLOSURE);
  }

  /** The same for an entry of the audit trail. */
  public Actor actor() {
    return new Actor(name, Role.texts(roles), means);
  }
}
