package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;

/**
 * The people of {@link LawfulDemo}, each with a token of its own: what one may see, another may
 * not. For one thread.
 *
 * @param administrator of the server, who may do nearly everything
 * @param dora answers orders, and may approve those of others
 * @param anna approves orders
 * @param jane sees to privacy: looks numbers up, sees holds that are not secret
 */
record LawfulPeople(
    ServerCalls administrator, ServerCalls dora, ServerCalls anna, ServerCalls jane) {

  static LawfulPeople of(Endpoint endpoint) {
    ServerCalls administrator = new ServerCalls(endpoint);
    return new LawfulPeople(
        administrator,
        person(endpoint, administrator, "dora", List.of("disclosure", "approver")),
        person(endpoint, administrator, "anna", List.of("approver")),
        person(endpoint, administrator, "jane", List.of("privacy")));
  }

  private static ServerCalls person(
      Endpoint endpoint, ServerCalls administrator, String name, List<String> roles) {
    ObjectNode wanted = object().put("name", name).put("expires_at", "never");
    roles.forEach(wanted.putArray("roles")::add);
    JsonNode token = administrator.post("/v1/tokens", wanted);
    return new ServerCalls(
        new Endpoint(
            endpoint.http(),
            endpoint.tcp(),
            token.path("token").asText(),
            endpoint.tls(),
            endpoint.isHere()));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** By which name a call was refused; empty when it was not. */
  static String refusal(Runnable call) {
    try {
      call.run();
      return "";
    } catch (EndpointException.Problem e) {
      return e.status() == 404 ? "NOT_FOUND" : e.code();
    }
  }

  /** Records that a look-up of a number finds, for who may look numbers up. */
  long found(String number) {
    JsonNode answer =
        jane.post(
            "/v1/subjects/find",
            object().put("subject", "+" + number).put("reveal", false).put("limit", 1_000));
    return answer.path("records").size();
  }
}
