package vellum.ingest.api;

import static vellum.core.access.Role.AUDITOR;
import static vellum.core.access.Role.OPERATOR;
import static vellum.core.access.Role.PRIVACY;
import static vellum.core.access.Role.SUPPORT;

/** The paths under which retention answers. Stateless. */
final class RetentionRoutes {

  private static final int MAX_POLICY_BYTES = 1024 * 1024;

  private static final Access READ = Access.of(PRIVACY, OPERATOR, AUDITOR);
  private static final Access RULE = Access.of(PRIVACY);
  private static final Access CLOCK = Access.of(PRIVACY, OPERATOR);
  private static final Access KEYS = Access.of(OPERATOR);

  private RetentionRoutes() {}

  static void add(RouteTable routes, RetentionPort port, Freshness freshness) {
    RetentionRequests retention = new RetentionRequests(port, freshness);
    routes.get("/v1/retention/status", READ).answers(retention::status);
    routes
        .get("/v1/retention/explain/{id}", Access.of(PRIVACY, OPERATOR, AUDITOR, SUPPORT))
        .answers(retention::explain);
    routes.get("/v1/retention/policy", READ).answers(retention::policy);
    routes.post("/v1/retention/diff", READ).maxBytes(MAX_POLICY_BYTES).answers(retention::diff);
    routes
        .post("/v1/retention/policy", RULE)
        .kept()
        .maxBytes(MAX_POLICY_BYTES)
        .answers(retention::accept);
    routes.get("/v1/retention/certificates", READ).answers(retention::certificates);
    routes.get("/v1/retention/certificates/{period}", READ).answers(retention::certificate);
    routes.get("/v1/retention/signer", READ).answers(retention::signer);
    routes.get("/v1/retention/clock", READ).answers(retention::clock);
    routes.post("/v1/retention/clock", CLOCK).kept().answers(retention::confirmClock);
    routes.get("/v1/keys/backups", READ).answers(retention::backups);
    routes.post("/v1/keys/backups", KEYS).kept().answers(retention::addBackup);
    routes.post("/v1/keys/backups/rewrite", KEYS).kept().answers(retention::rewriteBackups);
  }
}
