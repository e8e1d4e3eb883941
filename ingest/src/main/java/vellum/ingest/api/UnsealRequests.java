package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import vellum.core.access.FailedAttempts;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.crypto.KekSecret;

/**
 * Takes the secret of a sealed server. A wrong one counts against the caller's name, wherever it
 * comes from: after too many none is tried for a while. Thread-safe.
 */
final class UnsealRequests {

  private static final String PATH = "/v1/keys/unseal";
  private static final List<String> FIELDS = List.of("secret", "first");

  private final UnsealPort port;
  private final FailedAttempts attempts;

  private UnsealRequests(UnsealPort port, FailedAttempts attempts) {
    this.port = port;
    this.attempts = attempts;
  }

  /** Of a server that is sealed. */
  static void add(RouteTable routes, UnsealPort port, FailedAttempts attempts) {
    UnsealRequests requests = new UnsealRequests(port, attempts);
    draft(routes).answers(requests::unseal);
  }

  /** Of a server that is not. */
  static void addUnsealed(RouteTable routes) {
    draft(routes)
        .answers(
            (context, request) -> {
              throw new Problem(
                  HttpStatus.CONFLICT,
                  UnsealPort.Why.NOT_SEALED.name(),
                  "the server is not sealed: it has its keys");
            });
  }

  private static RouteTable.Draft draft(RouteTable routes) {
    return routes.post(PATH, Access.of(Role.OPERATOR));
  }

  JsonNode unseal(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, FIELDS);
    boolean first = first(body);
    String caller = Caller.name(context);
    long waitMs = attempts.waitMs(caller);
    if (waitMs > 0) {
      throw Problem.tooMany("TOO_MANY_ATTEMPTS", "too many wrong secrets", waitMs);
    }
    Audited audited = Audited.of(context);
    try (KekSecret secret = secret(body)) {
      String key =
          audited.change(
              audited.draft(AuditEvent.KEY_UNSEALED).about(first ? "a first key" : "the key"),
              () -> opened(context, port.unseal(secret, first)),
              (draft, id) -> draft.about("key " + id));
      return Json.object().put("unsealed", true).put("key", key);
    }
  }

  /** Whatever becomes of the answer, the server goes on behind it: its keys are open. */
  private String opened(ServiceRequestContext context, UnsealPort.Answer answer) {
    if (answer instanceof UnsealPort.Opened opened) {
      context.log().whenComplete().thenRun(opened.goOn());
      return opened.key();
    }
    UnsealPort.Refused refused = (UnsealPort.Refused) answer;
    if (refused.why() == UnsealPort.Why.WRONG_SECRET) {
      attempts.failed(Caller.name(context));
    }
    throw new Problem(status(refused.why()), refused.why().name(), refused.detail());
  }

  private static HttpStatus status(UnsealPort.Why why) {
    return switch (why) {
      case WRONG_SECRET -> HttpStatus.FORBIDDEN;
      case BAD_SECRET -> HttpStatus.BAD_REQUEST;
      case NO_KEY_YET, KEY_EXISTS, UNSEALING, NOT_SEALED -> HttpStatus.CONFLICT;
      case KEYS_DAMAGED -> HttpStatus.INTERNAL_SERVER_ERROR;
      case KEYS_UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
    };
  }

  private static boolean first(ObjectNode body) {
    JsonNode node = body.get("first");
    if (node != null && !node.isBoolean()) {
      throw Problem.bad("BAD_FIELD", "first must be true or false");
    }
    return node != null && node.booleanValue();
  }

  private static KekSecret secret(ObjectNode body) {
    String text = Query.text(body, "secret");
    return KekSecret.of(text == null ? new char[0] : text.toCharArray());
  }
}
