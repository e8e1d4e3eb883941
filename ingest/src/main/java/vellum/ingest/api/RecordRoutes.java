package vellum.ingest.api;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;

/** The paths of records: sent, looked up, added up. Stateless. */
final class RecordRoutes {

  private RecordRoutes() {}

  static void add(ServerBuilder builder, ApiConfig config, ApiPorts ports, Freshness freshness) {
    RecordRequests records = new RecordRequests(ports, freshness);
    SubjectRequests subjects = new SubjectRequests(ports, freshness);
    builder.route().get("/v1/records/count").build(new JsonService(records::count));
    builder.route().get("/v1/records/{id}").build(new JsonService(records::show));
    builder.route().get("/v1/records").build(new RecordList(records, config.requestMs()));
    builder.route().post("/v1/subjects/find").build(new JsonService(subjects::find));
    TotalsRequests totals = new TotalsRequests(ports.totals(), freshness);
    builder
        .route()
        .get("/v1/billing/totals")
        .build(new BytesService(MediaType.JSON_UTF_8, totals::list));
    UsageRequests usage = new UsageRequests(ports, freshness);
    builder.route().post("/v1/usage/find").build(new JsonService(usage::find));
    WritePorts writes = ports.writes();
    if (writes != null) {
      addWrites(builder, config, ports, writes);
    }
  }

  private static void addWrites(
      ServerBuilder builder, ApiConfig config, ApiPorts ports, WritePorts writes) {
    Idempotency idempotency = new Idempotency(writes.kept(), writes.macs(), writes.clock());
    int mostBytes = Math.min(config.maxBodyBytes(), RecordWrites.MOST_BYTES);
    builder
        .route()
        .post("/v1/records")
        .maxRequestLength(mostBytes)
        .build(new RecordWrites(writes, idempotency, ports.workers(), mostBytes));
    builder.decorator(new IdempotentWrites(idempotency));
  }
}
