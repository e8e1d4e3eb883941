package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.crypto.KekSecret;

/** Answers about the key-encryption key, and replaces it. Thread-safe. */
final class KekRequests {

  private static final String SECRET = "new_secret";

  private final KekPort port;

  private KekRequests(KekPort port) {
    this.port = port;
  }

  static void add(RouteTable routes, KekPort port) {
    KekRequests requests = new KekRequests(port);
    routes
        .get("/v1/keys", Access.of(Role.PRIVACY, Role.OPERATOR, Role.AUDITOR))
        .answers(requests::state);
    routes.post("/v1/keys/rotate", Access.of(Role.OPERATOR)).answers(requests::rotate);
  }

  private JsonNode state(ServiceRequestContext context, AggregatedHttpRequest request) {
    KekPort.State state = port.state();
    ObjectNode answer =
        Json.object()
            .put("provider", state.provider())
            .put("current", state.current())
            .put("since", state.since().toString())
            .put("erasure", state.erasure())
            .put("month_keys", state.months())
            .put("wrapped_files", state.files())
            .put("rotating", state.rotating());
    return with(answer, state.backups());
  }

  private JsonNode rotate(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("reason", SECRET));
    String reason = Query.reason(Query.text(body, "reason"));
    Audited audited = Audited.of(context);
    try (KekSecret secret = secret(body)) {
      return audited.change(
          audited
              .draft(AuditEvent.KEY_ROTATION_ORDERED, reason)
              .about(
                  secret == null ? "key-encryption key" : "key-encryption key, with a new secret"),
          () -> {
            KekPort.Rotated rotated = port.rotate(secret);
            return with(
                Json.object().put("from", rotated.from()).put("to", rotated.to()),
                rotated.backups());
          });
    }
  }

  private static @Nullable KekSecret secret(ObjectNode body) {
    String text = Query.text(body, SECRET);
    return text == null ? null : KekSecret.of(text.toCharArray());
  }

  private static ObjectNode with(ObjectNode answer, List<RetentionPort.KeyBackup> backups) {
    ArrayNode all = answer.putArray("backups");
    backups.forEach(one -> all.add(RetentionJson.of(one)));
    return answer;
  }
}
