package vellum.core.hold;

import vellum.core.access.Role;
import vellum.core.casefile.Asker;

/** Who may know of holds, and change them. Stateless. */
final class HoldAccess {

  private HoldAccess() {}

  static boolean mayKnow(Hold hold, Asker asker) {
    return !hold.secret() || asker.secret();
  }

  /** Whether an asker may place such a hold, or change one that it may know of. */
  static boolean mayChange(boolean secret, Asker asker) {
    return secret ? asker.secret() : asker.has(Role.PRIVACY) || asker.has(Role.ADMINISTRATOR);
  }

  static void requireChange(boolean secret, Asker asker) {
    if (!mayChange(secret, asker)) {
      throw new HoldException.NotAllowed(
          secret
              ? "a secret hold needs the role disclosure itself"
              : "a hold that is no secret needs the role privacy or administrator");
    }
  }
}
