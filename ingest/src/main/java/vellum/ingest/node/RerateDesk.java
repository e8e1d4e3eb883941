package vellum.ingest.node;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.journal.OwnStreams;
import vellum.core.log.Event;
import vellum.core.period.RecordFinder;
import vellum.core.record.MonthCalendar;
import vellum.core.rerating.RerateParts;
import vellum.core.rerating.RerateRun;
import vellum.core.rerating.RerateScope;
import vellum.core.rerating.Rerating;
import vellum.core.rerating.RunStore;
import vellum.ingest.api.ReratePort;
import vellum.ingest.importer.RatesFile;

/** Re-rating in a node: takes orders, and has a thread of its own that does them. Thread-safe. */
final class RerateDesk implements ReratePort, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RerateDesk.class);

  /** Name of its stream into the journal. */
  static final String STREAM = "rerate";

  private static final long LEAST_MICROS = 500;
  private static final long MOST_MICROS = 50_000;
  private static final long STOP_MS = 60_000;

  private final Rerating rerating;
  private final Worker worker;

  static RerateDesk open(
      Vault vault, Engine engine, OwnStreams streams, InstantSource clock, Health health) {
    MonthCalendar calendar = vault.policy().calendar();
    RerateParts parts =
        new RerateParts(
            new RecordFinder(vault.months(), calendar, vault.keys().ring()),
            vault.months(),
            calendar,
            streams.open(STREAM),
            new RunStore(vault.control()),
            vault.journal()::forced,
            () -> engine.applier().progress().sequence(),
            clock);
    return new RerateDesk(parts, health);
  }

  private RerateDesk(RerateParts parts, Health health) {
    this.rerating = new Rerating(parts);
    this.worker =
        Worker.start(
            "vellum-rerate",
            Duties.polling(this::doWork, LEAST_MICROS, MOST_MICROS),
            health::failed);
  }

  /** A failure of a re-rating ends that one, and not the node. */
  private int doWork() {
    try {
      return rerating.doWork();
    } catch (RuntimeException e) {
      if (Passing.mayPass(e)) {
        throw e;
      }
      StackTraceElement[] trace = e.getStackTrace();
      LOG.error(
          Event.RERATE_FAULT.code(),
          "a re-rating failed by {} at {}",
          e.getClass().getName(),
          trace.length == 0 ? "unknown place" : trace[0]);
      rerating.fail(e);
      return 1;
    }
  }

  @Override
  public RerateRun start(byte[] csv, RerateScope scope, boolean applies, String reason) {
    RerateRun run =
        rerating.start(new Rerating.Order(RatesFile.read(csv), csv, scope, applies, reason));
    if (applies) {
      LOG.info(Event.RERATE_BEGUN.code(), "{} begins: {} rates", run.id(), run.rates());
    }
    return run;
  }

  @Override
  public Optional<RerateRun> run(String id) {
    return rerating.run(id);
  }

  @Override
  public List<RerateRun> runs() {
    return rerating.runs();
  }

  /** Stops behind the step at hand; what a run has not done is done when it is ordered again. */
  @Override
  public void close() throws InterruptedException {
    if (!worker.stop(STOP_MS)) {
      throw new IllegalStateException("the re-rating is still at work");
    }
  }
}
