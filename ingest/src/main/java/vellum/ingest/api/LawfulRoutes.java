package vellum.ingest.api;

/** The paths of holds, orders and people's requests. Stateless. */
final class LawfulRoutes {

  private LawfulRoutes() {}

  static void add(RouteTable routes, ApiPorts ports, LawfulPorts lawful, Freshness freshness) {
    AccessPorts access = ports.access();
    LookupGate gate = new LookupGate(access.lookups(), access.nanos(), ports.health().meters());
    new HoldRequests(lawful).add(routes);
    new HoldRecords(lawful, ports.keys(), gate, freshness).add(routes);
    OrderPorts orders = lawful.orders();
    if (orders != null) {
      new OrderRequests(orders).add(routes);
      new DisclosureRequests(orders).add(routes);
    }
    RequestPorts requests = lawful.requests();
    if (requests != null) {
      new PersonRequests(requests).add(routes);
      new PersonAnswers(requests, gate, freshness).add(routes);
    }
  }
}
