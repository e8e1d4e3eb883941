package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Instant;
import java.util.EnumSet;
import java.util.TreeSet;
import vellum.core.access.Principal;
import vellum.core.access.Role;

/** Tells a caller who it is to the server, and what it may do. Stateless. */
final class CallerRequests {

  /** Everybody whom the server knows; what it tells is about themselves. */
  private static final Access KNOWN =
      new Access(
          EnumSet.complementOf(EnumSet.of(Role.ADMINISTRATOR)), false, Access.Naming.ROWS, false);

  private CallerRequests() {}

  static void add(RouteTable routes) {
    routes.get("/v1/caller", KNOWN).answers(CallerRequests::show);
  }

  private static JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    Principal caller = Caller.of(context);
    ObjectNode answer = Json.object().put("name", caller.name());
    caller.roles().stream().sorted().map(Role::text).forEach(answer.putArray("roles")::add);
    if (!caller.accounts().isEvery()) {
      new TreeSet<>(caller.accounts().ids()).forEach(answer.putArray("accounts")::add);
    }
    answer.put("means", caller.proof().text());
    if (!caller.expiresAt().equals(Instant.MAX)) {
      answer.put("expires_at", caller.expiresAt().toString());
    }
    return answer;
  }
}
