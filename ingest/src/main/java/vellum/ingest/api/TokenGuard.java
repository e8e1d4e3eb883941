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
import java.util.Set;

/**
 * Lets through who has the token, before anything of the request is read; compares in constant
 * time. Whether the process is alive and ready, anybody may ask.
 */
final class TokenGuard implements DecoratingHttpServiceFunction {

  private static final String SCHEME = "Bearer ";
  private static final Set<String> OPEN = Set.of("/livez", "/readyz");

  private final byte[] token;

  TokenGuard(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    if (OPEN.contains(context.path()) || isKnown(request)) {
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
