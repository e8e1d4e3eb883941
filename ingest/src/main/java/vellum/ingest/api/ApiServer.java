package vellum.ingest.api;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import vellum.core.suspense.SuspenseDesk;

/** The HTTP server, listening at a loopback address. Thread-safe. */
public final class ApiServer implements AutoCloseable {

  private static final int MAX_SMALL_BODY_BYTES = 64 * 1024;
  private static final int MAX_ACCOUNT_BYTES = 16 * 1024 * 1024;
  private static final long STOP_MS = 5_000;

  private final Server server;
  private final EventLoopGroup loops;
  private final InetSocketAddress address;

  private ApiServer(Server server, EventLoopGroup loops) {
    this.server = server;
    this.loops = loops;
    this.address = Objects.requireNonNull(server.activePort(), "listening").localAddress();
  }

  /**
   * Listens.
   *
   * @throws ApiException.CannotListen when the address cannot be had
   */
  public static ApiServer start(ApiConfig config, ApiPorts ports) {
    EventLoopGroup loops = new OneLoop(ports.loops());
    Server server = server(config, ports, loops);
    try {
      server.start().join();
    } catch (CompletionException e) {
      server.stop();
      end(loops);
      throw new ApiException.CannotListen(config.host(), config.port(), e);
    }
    return new ApiServer(server, loops);
  }

  private static void end(EventLoopGroup loops) {
    loops.shutdownGracefully().awaitUninterruptibly();
  }

  private static Server server(ApiConfig config, ApiPorts ports, EventLoopGroup loops) {
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(config.host(), config.port()))
            .workerGroup(loops, false)
            .bossGroupFactory(name -> new OneLoop(ports.loops()))
            .meterRegistry(new CompositeMeterRegistry())
            .blockingTaskExecutor(ports.workers(), false)
            .maxNumConnections(config.maxConnections())
            .maxRequestLength(MAX_SMALL_BODY_BYTES)
            .requestTimeoutMillis(config.requestMs())
            .gracefulShutdown(
                GracefulShutdown.builder()
                    .quietPeriod(Duration.ZERO)
                    .timeout(Duration.ofMillis(STOP_MS))
                    .build())
            .disableServerHeader()
            .verboseResponses(false)
            .errorHandler(new ProblemErrors())
            .decorator(new TokenGuard(ports.token()));
    Freshness freshness = new Freshness(ports.acknowledged(), ports.applied(), config.lagMs());
    records(builder, ports, freshness);
    accounts(builder, config, ports);
    HealthRequests.add(builder, ports.health());
    RetentionPort retention = ports.retention();
    if (retention != null) {
      RetentionRoutes.add(builder, retention, freshness);
    }
    SettlementPorts settlement = ports.billing().settlement();
    if (settlement != null) {
      PeriodRequests.add(builder, ports, settlement, freshness);
    }
    ReratePort rerating = ports.billing().rerating();
    if (rerating != null) {
      RerateRequests.add(builder, rerating, ports.askable(), freshness);
    }
    ProducerPort producers = ports.billing().producers();
    if (producers != null) {
      ProducerRequests.add(builder, producers, freshness, Math.max(1_000, config.lagMs()));
    }
    ExportPort exports = ports.billing().exports();
    if (exports != null) {
      ExportRequests.add(builder, exports, ports.askable(), freshness);
    }
    SuspenseDesk suspense = ports.billing().suspense();
    if (suspense != null) {
      new SuspenseRequests(suspense, ports.askable().parties()).add(builder);
    }
    return builder.build();
  }

  private static void records(ServerBuilder builder, ApiPorts ports, Freshness freshness) {
    RecordRequests records = new RecordRequests(ports, freshness);
    SubjectRequests subjects = new SubjectRequests(ports, freshness);
    builder.route().get("/v1/records/count").build(new JsonService(records::count));
    builder.route().get("/v1/records/{id}").build(new JsonService(records::show));
    builder.route().get("/v1/records").build(new JsonService(records::list));
    builder.route().post("/v1/subjects/find").build(new JsonService(subjects::find));
    TotalsRequests totals = new TotalsRequests(ports.totals(), freshness);
    builder
        .route()
        .get("/v1/billing/totals")
        .build(new BytesService(MediaType.JSON_UTF_8, totals::list));
    UsageRequests usage = new UsageRequests(ports, freshness);
    builder.route().post("/v1/usage/find").build(new JsonService(usage::find));
  }

  private static void accounts(ServerBuilder builder, ApiConfig config, ApiPorts ports) {
    AccountRequests accounts = new AccountRequests(ports.registry());
    builder
        .route()
        .post("/v1/accounts/import")
        .maxRequestLength(config.maxBodyBytes())
        .build(new JsonService(accounts::importAll));
    builder
        .route()
        .put("/v1/accounts/{id}")
        .maxRequestLength(Math.min(config.maxBodyBytes(), MAX_ACCOUNT_BYTES))
        .build(new JsonService(accounts::put));
    builder.route().get("/v1/accounts/{id}").build(new JsonService(accounts::show));
    builder.route().get("/v1/accounts").build(new JsonService(accounts::list));
    builder.route().get("/v1/suppliers").build(new JsonService(accounts::suppliers));
  }

  /** Where it listens; tells the port when the configuration left it open. */
  public InetSocketAddress address() {
    return address;
  }

  /** Stops listening, lets the requests under way end for some seconds, closes. */
  @Override
  public void close() {
    server.stop().join();
    end(loops);
  }
}
