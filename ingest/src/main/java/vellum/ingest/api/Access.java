package vellum.ingest.api;

import java.util.EnumSet;
import java.util.Set;
import vellum.core.access.Principal;
import vellum.core.access.Role;

/**
 * Who may use a route. Immutable. There is none without roles, and whoever is bound to accounts
 * gets nothing of a route that does not say where it names them.
 *
 * @param roles that are enough, beside the administrator's; empty when {@code open}
 * @param open whether anybody may, without saying who it is
 * @param naming where a request names the accounts that it asks for
 * @param itself whether a role counts only when somebody has it itself: an administrator's is not
 *     enough then
 */
record Access(Set<Role> roles, boolean open, Naming naming, boolean itself) {

  /** Whether the process lives, and the like. */
  static final Access ANYBODY = new Access(Set.of(), true, Naming.NOWHERE, false);

  Access {
    roles = Set.copyOf(roles);
    if (roles.isEmpty() != open) {
      throw new IllegalArgumentException("a route has roles, or is open to anybody");
    }
  }

  /** Where a request names the accounts that it asks for. */
  enum Naming {
    /** It does not: the answer is about all accounts. */
    NOWHERE("no"),
    /** Every {@code account} of the query, one at least. */
    QUERY("query"),
    /** The last part of the path, {@code {id}}. */
    PATH("path"),
    /** {@code account} of the body, or {@code where.account}, a list. */
    BODY("body"),
    /** The handler judges row by row, by {@code Caller.of(context).accounts()}. */
    ROWS("rows");

    private final String text;

    Naming(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** These roles, and the administrator. */
  static Access of(Role first, Role... more) {
    return new Access(EnumSet.of(first, more), false, Naming.NOWHERE, false);
  }

  /** These roles, and no administrator that has none of them itself. */
  static Access itself(Role first, Role... more) {
    return new Access(EnumSet.of(first, more), false, Naming.NOWHERE, true);
  }

  /** The same, for those too who are bound to accounts, when they name none but theirs. */
  Access naming(Naming where) {
    return new Access(roles, open, where, itself);
  }

  /** What is said to who has no role that is enough. */
  Problem refusal() {
    return itself ? Problem.forbiddenBut(roles) : Problem.forbidden(roles);
  }

  /** Whether somebody has a role that is enough. */
  boolean allows(Principal caller) {
    return open || (itself ? roles.stream().anyMatch(caller::has) : caller.hasOneOf(roles));
  }
}
