package vellum.ingest.api;

import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import vellum.core.access.AccessCheck;
import vellum.core.audit.Audit;
import vellum.ingest.tls.ServerTls;

/**
 * What stands before every route of the HTTP server, sealed or not: TLS, the guard, limits, the
 * audit trail, meters.
 */
record Front(
    AccessCheck check,
    Audit audit,
    MeterRegistry meters,
    ScheduledExecutorService workers,
    ThreadFactory loops,
    @Nullable ServerTls tls) {

  private static final int MAX_SMALL_BODY_BYTES = 64 * 1024;
  private static final long STOP_MS = 5_000;

  static Front of(ApiPorts ports) {
    return new Front(
        ports.access().check(),
        ports.audit().trail(),
        ports.health().meters(),
        ports.workers(),
        ports.loops(),
        ports.tls());
  }

  /** A server without routes. */
  ServerBuilder builder(ApiConfig config, EventLoopGroup group) {
    return HttpTls.listening(new InetSocketAddress(config.host(), config.port()), tls)
        .workerGroup(group, false)
        .bossGroupFactory(name -> new OneLoop(loops))
        .meterRegistry(HttpTls.meters())
        .blockingTaskExecutor(workers, false)
        .maxNumConnections(config.maxConnections())
        .maxRequestLength(MAX_SMALL_BODY_BYTES)
        .requestTimeoutMillis(config.requestMs())
        // Also how long a reader of a long answer may take nothing: the kernel's bound follows it.
        .idleTimeoutMillis(config.requestMs())
        .gracefulShutdown(
            GracefulShutdown.builder()
                .quietPeriod(Duration.ZERO)
                .timeout(Duration.ofMillis(STOP_MS))
                .build())
        .accessLogWriter(new RequestMeters(meters), true)
        .disableServerHeader()
        .verboseResponses(false)
        .errorHandler(new ProblemErrors())
        .decorator(Audited.by(audit))
        .decorator(new Guard(check));
  }
}
