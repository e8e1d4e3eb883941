package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import vellum.core.access.AccessCheck;
import vellum.core.access.Principal;
import vellum.core.access.Role;

/** Who sent a request, as the guard found out before its handler was called. Stateless. */
final class Caller {

  private static final AttributeKey<Principal> KEY = AttributeKey.valueOf(Caller.class, "caller");

  private static final AttributeKey<BooleanSupplier> STANDING =
      AttributeKey.valueOf(Caller.class, "standing");

  private Caller() {}

  /**
   * Who sent it.
   *
   * @throws IllegalStateException on a route that anybody may ask
   */
  static Principal of(ServiceRequestContext context) {
    Principal caller = context.attr(KEY);
    if (caller == null) {
      throw new IllegalStateException("this route knows no caller");
    }
    return caller;
  }

  /** The name that stands for who sent it: in notes, closings and the audit trail. */
  static String name(ServiceRequestContext context) {
    return of(context).name();
  }

  /**
   * Refuses who has none of these roles, where a route's roles are not all that counts.
   *
   * @throws Problem naming them
   */
  static void require(ServiceRequestContext context, Role first, Role... more) {
    Set<Role> sufficient = EnumSet.of(first, more);
    if (!of(context).hasOneOf(sufficient)) {
      throw Problem.forbidden(sufficient);
    }
  }

  /**
   * Ends a long answer to who may not come in any more: revoked or over since it was begun.
   *
   * @throws Problem saying so
   */
  static void requireStanding(ServiceRequestContext context) {
    BooleanSupplier standing = context.attr(STANDING);
    if (standing != null && !standing.getAsBoolean()) {
      throw new Problem(
          HttpStatus.UNAUTHORIZED,
          "UNAUTHORIZED",
          "the token or certificate has been revoked or is over since the answer was begun");
    }
  }

  static void set(ServiceRequestContext context, AccessCheck.Known known) {
    context.setAttr(KEY, known.who());
    context.setAttr(STANDING, known.isGood());
  }
}
