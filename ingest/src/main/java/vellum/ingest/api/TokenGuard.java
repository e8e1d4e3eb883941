package vellum.ingest.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import vellum.core.access.AccountScope;
import vellum.core.access.Principal;
import vellum.core.access.Role;

/**
 * Lets through who has the token, before anything of the request is read; compares in constant
 * time. Whether the process is alive and ready, anybody may ask.
 */
final class TokenGuard implements DecoratingHttpServiceFunction {

  private static final String SCHEME = "Bearer ";
  private static final Set<String> OPEN = Set.of("/livez", "/readyz", "/openapi.yaml", "/docs");

  private static final Principal OWNER =
      new Principal(
          "owner",
          Set.of(Role.ADMINISTRATOR),
          AccountScope.EVERY,
          Instant.MAX,
          Principal.Proof.TOKEN);

  private final byte[] token;

  TokenGuard(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    boolean isKnown = isKnown(request);
    if (isKnown) {
      Caller.set(context, OWNER);
    }
    if (isKnown || OPEN.contains(context.path())) {
      return delegate.serve(context, request);
    }
    return Json.response(
        new Problem(
            HttpStatus.UNAUTHORIZED,
            "UNAUTHORIZED",
            "send the header Authorization: Bearer and the token of the data directory"));
  }

  private boolean isKnown(HttpRequest request) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return header.startsWith(SCHEME)
        && MessageDigest.isEqual(
            token, header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }
}
