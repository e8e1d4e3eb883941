package vellum.ingest.api;

import java.util.Set;
import vellum.core.access.Role;

/**
 * A route of the server, as the documentation's table has it. Immutable.
 *
 * @param method of HTTP
 * @param path with its parameters in braces: {@code /v1/records/{id}}
 * @param roles each of which is enough, beside the administrator's unless {@code itself}; empty:
 *     anybody may, without saying who it is
 * @param bound where whoever is bound to accounts names them: {@code query}, {@code path}, {@code
 *     body}, {@code rows}; {@code no} when it may not use the route
 * @param itself whether the administrator's role is not enough
 * @param kept whether its answers are kept under idempotency keys, by the route or by its service
 */
public record ApiRoute(
    String method, String path, Set<Role> roles, boolean itself, String bound, boolean kept) {

  public ApiRoute {
    roles = Set.copyOf(roles);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
