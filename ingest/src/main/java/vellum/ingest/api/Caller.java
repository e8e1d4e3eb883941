package vellum.ingest.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import vellum.core.access.Principal;

/** Who sent a request, as the guard found out before its handler was called. Stateless. */
final class Caller {

  private static final AttributeKey<Principal> KEY = AttributeKey.valueOf(Caller.class, "caller");

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

  static void set(ServiceRequestContext context, Principal caller) {
    context.setAttr(KEY, caller);
  }
}
