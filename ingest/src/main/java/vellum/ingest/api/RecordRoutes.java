package vellum.ingest.api;

import com.linecorp.armeria.common.MediaType;
import vellum.core.access.Role;

/** The paths of records: sent, looked up, added up. Stateless. */
final class RecordRoutes {

  private RecordRoutes() {}

  static void add(RouteTable routes, ApiConfig config, ApiPorts ports, Freshness freshness) {
    Access seen = Access.of(Role.SUPPORT, Role.PRIVACY, Role.DISCLOSURE, Role.BILLING);
    RecordRequests records = new RecordRequests(ports, freshness);
    AccessPorts access = ports.access();
    LookupGate gate = new LookupGate(access.lookups(), access.nanos(), ports.health().meters());
    routes
        .get(
            "/v1/records/count",
            Access.of(Role.OPERATOR, Role.BILLING, Role.SUPPORT, Role.PRIVACY, Role.AUDITOR))
        .answers(records::count);
    routes.get("/v1/records/{id}", seen).answersWritten(records::show);
    routes
        .get("/v1/records", seen.naming(Access.Naming.QUERY))
        .service(new RecordList(records, config.requestMs()));
    routes
        .post("/v1/subjects/find", Access.of(Role.PRIVACY, Role.DISCLOSURE))
        .answersWritten(new SubjectRequests(ports, freshness, gate)::find);
    routes
        .get("/v1/billing/totals", Access.of(Role.BILLING).naming(Access.Naming.QUERY))
        .answers(MediaType.JSON_UTF_8, new TotalsRequests(ports.totals(), freshness)::list);
    routes
        .post(
            "/v1/usage/find",
            Access.of(Role.SUPPORT, Role.PRIVACY, Role.DISCLOSURE).naming(Access.Naming.BODY))
        .answers(new UsageRequests(ports, freshness, gate)::find);
    addWrites(routes, config, ports);
  }

  private static void addWrites(RouteTable routes, ApiConfig config, ApiPorts ports) {
    WritePorts writes = ports.writes();
    Idempotency idempotency = routes.idempotency();
    if (writes == null || idempotency == null) {
      return;
    }
    int mostBytes = Math.min(config.maxBodyBytes(), RecordWrites.MOST_BYTES);
    routes
        .post("/v1/records", Access.of(Role.PRODUCER).naming(Access.Naming.ROWS))
        .maxBytes(mostBytes)
        .keeping(new RecordWrites(writes, idempotency, ports.workers(), mostBytes));
  }
}
