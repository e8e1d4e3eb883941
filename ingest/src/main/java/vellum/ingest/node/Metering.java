package vellum.ingest.node;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.ingest.metrics.AuditFigures;
import vellum.ingest.metrics.JvmMeters;
import vellum.ingest.metrics.MetricsPorts;
import vellum.ingest.metrics.NodeMeters;
import vellum.ingest.metrics.Sampler;
import vellum.ingest.tls.ServerTls;

/** The thread that looks at a node's parts once a second. Stateless. */
final class Metering {

  private static final long EVERY_MS = 1_000;

  private Metering() {}

  /**
   * What is measured beside journal and months.
   *
   * @param certificateEnd of the certificate that the servers show; empty without TLS
   * @param audit how the audit trail is
   */
  private record Outside(Supplier<Optional<Instant>> certificateEnd, Supplier<AuditFigures> audit) {

    private static Outside of(@Nullable ServerTls tls, Auditing auditing) {
      return new Outside(
          () -> Optional.ofNullable(tls).map(ServerTls::expiresAt), auditing::figures);
    }
  }

  static void start(
      MeterRegistry meters,
      Working working,
      Health health,
      StatusReader.Surroundings around,
      @Nullable ServerTls tls,
      Closers closers) {
    Outside outside = Outside.of(tls, working.vault().auditing());
    Sampler sampler = new Sampler(ports(working, health, around, outside));
    NodeMeters.bind(meters, sampler, ProgramVersion.text());
    closers.own("the meters of the Java runtime", new JvmMeters(meters));
    ScheduledExecutorService looking =
        Executors.newSingleThreadScheduledExecutor(NodeThreads.named("vellum-metrics"));
    closers.then("the thread of the metrics", () -> NodeThreads.stop(looking));
    looking.scheduleWithFixedDelay(sampler, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    looking.scheduleWithFixedDelay(health::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private static MetricsPorts ports(
      Working working, Health health, StatusReader.Surroundings around, Outside outside) {
    Vault vault = working.vault();
    return new MetricsPorts(
        vault.journal()::stats,
        working.engine().applier()::progress,
        vault.months(),
        vault.catalog(),
        vault.control(),
        vault.stores()::cachedBytes,
        vault.keys().ring(),
        vault.policy().calendar(),
        working.engine().retention()::status,
        health::reasons,
        working.keeping()::reserveBytes,
        around::freeBytes,
        outside.certificateEnd(),
        outside.audit(),
        around.clock(),
        System::nanoTime);
  }
}
