package vellum.ingest.node;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import vellum.core.apply.Applier;
import vellum.core.export.Exports;
import vellum.core.export.PartLimits;
import vellum.core.export.RecordSnapshot;
import vellum.core.export.StatementSnapshot;
import vellum.core.export.TotalsSnapshot;
import vellum.ingest.api.ExportPort;
import vellum.ingest.api.SettlementPorts;

/**
 * What a node makes exports with: two threads, and the sessions they build parts for. Stateless.
 */
final class ExportDesk {

  private static final int THREADS = 2;
  private static final int SWEEP_SECONDS = 5;

  private ExportDesk() {}

  static ExportPort open(
      Vault vault,
      Applier applier,
      SettlementPorts settling,
      InstantSource clock,
      SecureRandom random,
      Closers closers) {
    ScheduledExecutorService threads =
        Executors.newScheduledThreadPool(THREADS, NodeThreads.numbered("vellum-export"));
    closers.then("the threads of exports", () -> NodeThreads.stop(threads));
    Exports sessions = new Exports(threads, random, System::nanoTime, PartLimits.defaults());
    closers.then("the exports", sessions::close);
    threads.scheduleWithFixedDelay(sessions::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    return new ExportPort(
        sessions,
        new RecordSnapshot(vault.months(), vault.policy().calendar(), applier::between),
        new TotalsSnapshot(vault.totals(applier, clock), applier::between, settling.closed()),
        new StatementSnapshot(settling.periods()));
  }
}
