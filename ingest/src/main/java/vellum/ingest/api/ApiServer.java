package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import vellum.core.access.Role;
import vellum.core.suspense.SuspenseDesk;

/** The HTTP server. Thread-safe. */
public final class ApiServer implements AutoCloseable {

  private static final int MAX_ACCOUNT_BYTES = 16 * 1024 * 1024;

  private final Server server;
  private final List<ApiRoute> routes;
  private final EventLoopGroup loops;
  private final InetSocketAddress address;

  private ApiServer(Server server, List<ApiRoute> routes, EventLoopGroup loops) {
    this.server = server;
    this.routes = routes;
    this.loops = loops;
    this.address = Objects.requireNonNull(server.activePort(), "listening").localAddress();
  }

  /**
   * Listens.
   *
   * @throws ApiException.CannotListen when the address cannot be had
   */
  public static ApiServer start(ApiConfig config, ApiPorts ports) {
    return listen(
        config,
        Front.of(ports),
        builder -> routes(new RouteTable(builder, Idempotency.of(ports.writes())), config, ports));
  }

  /**
   * Listens in place of a server whose keys are not open: probes and figures, and a route that
   * takes the secret; everything else is told what is awaited.
   *
   * @throws ApiException.CannotListen when the address cannot be had
   */
  public static ApiServer startSealed(ApiConfig config, SealedPorts ports) {
    return listen(
        config,
        ports.front(),
        builder -> {
          RouteTable routes = new RouteTable(builder, null);
          HealthRequests.addProbes(routes, ports.health());
          UnsealRequests.add(routes, ports.unseal(), ports.attempts());
          routes.others(
              new Problem(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  Reason.Code.SEALED.name(),
                  "the server waits for the secret of its keys: vellum key unseal"));
          return routes;
        });
  }

  private static ApiServer listen(
      ApiConfig config, Front front, Function<ServerBuilder, RouteTable> table) {
    EventLoopGroup loops = new OneLoop(front.loops());
    ServerBuilder builder = front.builder(config, loops);
    List<ApiRoute> routes = table.apply(builder).all();
    HttpTls.require(builder, front.tls());
    Server server = builder.build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      server.stop();
      end(loops);
      throw new ApiException.CannotListen(config.host(), config.port(), e);
    }
    return new ApiServer(server, routes, loops);
  }

  private static void end(EventLoopGroup loops) {
    loops.shutdownGracefully().awaitUninterruptibly();
  }

  /** Registers every route with who may use it. */
  private static RouteTable routes(RouteTable routes, ApiConfig config, ApiPorts ports) {
    Freshness freshness = new Freshness(ports.acknowledged(), ports.applied(), config.lagMs());
    RecordRoutes.add(routes, config, ports, freshness);
    Documents.add(routes);
    accounts(routes, config, ports);
    HealthRequests.add(routes, ports.health());
    UnsealRequests.addUnsealed(routes);
    new TokenRequests(ports.access().tokens()).add(routes);
    CallerRequests.add(routes);
    new AuditRequests(ports.audit(), ports.lawful()).add(routes);
    RetentionPort retention = ports.retention();
    if (retention != null) {
      RetentionRoutes.add(routes, retention, freshness);
    }
    KekPort kek = ports.kek();
    if (kek != null) {
      KekRequests.add(routes, kek);
    }
    SettlementPorts settlement = ports.billing().settlement();
    if (settlement != null) {
      PeriodRequests.add(routes, ports, settlement, freshness);
    }
    ReratePort rerating = ports.billing().rerating();
    if (rerating != null) {
      RerateRequests.add(routes, rerating, ports.askable(), freshness);
    }
    ProducerPort producers = ports.billing().producers();
    if (producers != null) {
      ProducerRequests.add(routes, producers, freshness, Math.max(1_000, config.lagMs()));
    }
    ExportPort exports = ports.billing().exports();
    if (exports != null) {
      ExportRequests.add(routes, exports, ports.askable(), freshness);
    }
    SuspenseDesk suspense = ports.billing().suspense();
    if (suspense != null) {
      new SuspenseRequests(suspense, ports.askable().parties(), ports.restrictions()).add(routes);
    }
    LawfulPorts lawful = ports.lawful();
    if (lawful != null) {
      LawfulRoutes.add(routes, ports, lawful, freshness);
    }
    return routes;
  }

  private static void accounts(RouteTable routes, ApiConfig config, ApiPorts ports) {
    Access change = Access.of(Role.BILLING, Role.OPERATOR);
    Access read = Access.of(Role.BILLING, Role.OPERATOR, Role.SUPPORT, Role.PRIVACY, Role.AUDITOR);
    AccountRequests accounts = new AccountRequests(ports.registry());
    routes
        .post("/v1/accounts/import", change)
        .kept()
        .maxBytes(config.maxBodyBytes())
        .answers(accounts::importAll);
    routes
        .put("/v1/accounts/{id}", change)
        .kept()
        .maxBytes(Math.min(config.maxBodyBytes(), MAX_ACCOUNT_BYTES))
        .answers(accounts::put);
    routes.get("/v1/accounts/{id}", read.naming(Access.Naming.PATH)).answers(accounts::show);
    routes.get("/v1/accounts", read).answers(accounts::list);
    routes.get("/v1/suppliers", read).answers(accounts::suppliers);
  }

  /** Where it listens; tells the port when the configuration left it open. */
  public InetSocketAddress address() {
    return address;
  }

  /** Every route, with who may use it. */
  public List<ApiRoute> routes() {
    return routes;
  }

  /** What answers look-ups of records. */
  RecordList records() {
    return server.config().serviceConfigs().stream()
        .map(config -> config.service().as(RecordList.class))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  /** Stops listening, lets the requests under way end for some seconds, closes. */
  @Override
  public void close() {
    server.stop().join();
    end(loops);
  }
}
