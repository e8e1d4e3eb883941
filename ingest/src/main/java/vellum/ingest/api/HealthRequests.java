package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import vellum.core.access.Role;

/**
 * Answers whether the process is alive, whether it takes records, and what its figures are. The
 * probes are answered on the event loop, so that busy workers do not make a node look dead.
 * Thread-safe.
 */
final class HealthRequests {

  /** What Prometheus reads. */
  private static final MediaType TEXT = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");

  private final HealthPorts ports;

  private HealthRequests(HealthPorts ports) {
    this.ports = ports;
  }

  static void add(RouteTable routes, HealthPorts ports) {
    routes
        .get("/v1/status", Access.of(Role.OPERATOR, Role.PRIVACY, Role.AUDITOR))
        .answers((context, request) -> StatusJson.of(ports.status().get()));
    addProbes(routes, ports);
  }

  /** What every server answers, sealed or not. */
  static void addProbes(RouteTable routes, HealthPorts ports) {
    HealthRequests health = new HealthRequests(ports);
    routes.get("/livez", Access.ANYBODY).service((context, request) -> alive());
    routes.get("/readyz", Access.ANYBODY).service((context, request) -> health.ready());
    routes.get("/metrics", Access.of(Role.OPERATOR)).answers(TEXT, context -> health.metrics());
  }

  private static HttpResponse alive() {
    return Json.response(HttpStatus.OK, Json.object().put("alive", true));
  }

  private HttpResponse ready() {
    List<Reason> reasons = ports.reasons().get();
    if (reasons.isEmpty()) {
      ObjectNode ready = Json.object().put("ready", true);
      ready.putArray("reasons");
      return Json.response(HttpStatus.OK, ready);
    }
    Problem problem =
        new Problem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "NOT_READY",
            reasons.stream().map(Reason::text).collect(Collectors.joining("; ")));
    ObjectNode body = Json.problemNode(problem);
    ArrayNode listed = body.put("ready", false).putArray("reasons");
    for (Reason reason : reasons) {
      listed.addObject().put("code", reason.code().name()).put("text", reason.text());
    }
    return HttpResponse.of(problem.status(), Json.problemType(), HttpData.wrap(Json.write(body)));
  }

  private HttpData metrics() {
    return HttpData.wrap(ports.scrape().get().getBytes(StandardCharsets.UTF_8));
  }
}
