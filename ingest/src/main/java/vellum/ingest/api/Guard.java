package vellum.ingest.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import vellum.core.access.AccessCheck;
import vellum.core.access.Credentials;
import vellum.core.access.Principal;
import vellum.ingest.tls.PeerNames;

/**
 * Lets through who may use a route, before anything of the body is read: 401 to whom nobody knows,
 * 403 to whom has no role that is enough. A route that nobody registered with its roles is
 * nobody's. Thread-safe.
 */
final class Guard implements DecoratingHttpServiceFunction {

  private static final String SCHEME = "Bearer ";

  private final AccessCheck check;

  Guard(AccessCheck check) {
    this.check = check;
  }

  @Override
  public HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    Access access = access(context);
    if (access != null && access.open()) {
      return delegate.serve(context, request);
    }
    AccessCheck.Finding found = check.find(credentials(context, request));
    if (found instanceof AccessCheck.Unknown unknown) {
      return refusal(unknown);
    }
    AccessCheck.Known known = (AccessCheck.Known) found;
    Principal caller = known.who();
    Caller.set(context, known);
    try {
      require(context, access, caller);
    } catch (Problem e) {
      return Json.response(e);
    }
    return delegate.serve(context, request);
  }

  private static void require(
      ServiceRequestContext context, @Nullable Access access, Principal caller) {
    if (access == null) {
      if (!context.config().route().isFallback()) {
        throw new Problem(HttpStatus.FORBIDDEN, "FORBIDDEN", "nobody may use this route");
      }
      return; // Nothing is there: the server says so.
    }
    if (!access.allows(caller)) {
      throw access.refusal();
    }
    AccountBounds.check(context, access, caller.accounts());
  }

  private static @Nullable Access access(ServiceRequestContext context) {
    GuardedService service = context.config().service().as(GuardedService.class);
    return service == null ? null : service.access();
  }

  private static Credentials credentials(ServiceRequestContext context, HttpRequest request) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    String token =
        header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? header.substring(SCHEME.length()).strip()
            : "";
    // With a token nobody asks for them, and without a certificate asking costs an exception.
    PeerNames peer = token.isEmpty() ? PeerNames.of(context.sslSession()) : PeerNames.NONE;
    return new Credentials(
        token, peer.names(), peer.until(), context.remoteAddress().getAddress().getHostAddress());
  }

  private static HttpResponse refusal(AccessCheck.Unknown unknown) {
    if (unknown.retryAfterMs() > 0) {
      return Json.response(
          Problem.tooMany(
              "TOO_MANY_ATTEMPTS",
              "too many bad tokens or certificates from this address",
              unknown.retryAfterMs()));
    }
    return Json.response(
            new Problem(
                HttpStatus.UNAUTHORIZED,
                "UNAUTHORIZED",
                "send the header Authorization: Bearer and a token that is good, or a certificate"
                    + " that the server knows"))
        .mapHeaders(
            headers -> headers.toBuilder().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer").build());
  }
}
