package vellum.ingest.api;

import com.linecorp.armeria.server.ServerBuilder;

/** The paths under which retention answers. Stateless. */
final class RetentionRoutes {

  private static final int MAX_POLICY_BYTES = 1024 * 1024;

  private RetentionRoutes() {}

  static void add(ServerBuilder builder, RetentionPort port, Freshness freshness) {
    RetentionRequests retention = new RetentionRequests(port, freshness);
    get(builder, "/v1/retention/status", retention::status);
    get(builder, "/v1/retention/explain/{id}", retention::explain);
    get(builder, "/v1/retention/policy", retention::policy);
    policy(builder, "/v1/retention/diff", retention::diff);
    policy(builder, "/v1/retention/policy", retention::accept);
    get(builder, "/v1/retention/certificates", retention::certificates);
    get(builder, "/v1/retention/certificates/{period}", retention::certificate);
    get(builder, "/v1/retention/signer", retention::signer);
    get(builder, "/v1/retention/clock", retention::clock);
    post(builder, "/v1/retention/clock", retention::confirmClock);
    get(builder, "/v1/keys/backups", retention::backups);
    post(builder, "/v1/keys/backups", retention::addBackup);
    post(builder, "/v1/keys/backups/rewrite", retention::rewriteBackups);
  }

  private static void get(ServerBuilder builder, String path, Handler handler) {
    builder.route().get(path).build(new JsonService(handler));
  }

  private static void post(ServerBuilder builder, String path, Handler handler) {
    builder.route().post(path).build(new JsonService(handler));
  }

  private static void policy(ServerBuilder builder, String path, Handler handler) {
    builder.route().post(path).maxRequestLength(MAX_POLICY_BYTES).build(new JsonService(handler));
  }
}
