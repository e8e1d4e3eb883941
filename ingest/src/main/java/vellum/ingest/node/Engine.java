package vellum.ingest.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.apply.Applier;
import vellum.core.apply.MonthFlusher;
import vellum.core.journal.ChronicleJournal;
import vellum.core.journal.JournalWorker;
import vellum.core.log.Event;
import vellum.core.period.JoinedStore;
import vellum.core.period.RecordStore;
import vellum.core.retention.ClockGuard;
import vellum.core.retention.RetentionWorker;
import vellum.core.settlement.Ledger;

/**
 * The threads between socket and months: one appends, one forces, one applies, one flushes, one
 * erases, with another beside it that packs archives, one works on cases, one signs the audit
 * trail's checkpoints. At the end the applier catches up with what is forced, and what it wrote is
 * flushed, so that the next start has nothing to apply. Thread-safe.
 */
final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private static final long APPLY_LEAST_MICROS = 50;
  private static final long APPLY_MOST_MICROS = 10_000;
  private static final long FLUSH_LEAST_MICROS = 1_000;
  private static final long FLUSH_MOST_MICROS = 100_000;
  private static final long KEEP_LEAST_MICROS = 1_000;
  private static final long KEEP_MOST_MICROS = 500_000;
  private static final long THREAD_STOP_MS = 60_000;
  private static final long POLL_NANOS = 1_000_000;

  private final ChronicleJournal journal;
  private final Applier applier;
  private final MonthFlusher flusher;
  private final Lawful lawful;
  private final RetentionWorker retention;
  private final ClockGuard clock;
  private final Health health;
  private final StopClock stop;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(NodeThreads.named("vellum-retention-write"));
  private final List<Worker> journalWorkers = new ArrayList<>();
  private final List<Worker> storeWorkers = new ArrayList<>();

  /** What a node has already. */
  record Parts(Vault vault, Keeping keeping, Lawful.Parts lawful, Health health, StopClock stop) {}

  private Engine(NodeConfig config, Parts parts) {
    Vault vault = parts.vault();
    Keeping keeping = parts.keeping();
    this.journal = vault.journal();
    this.health = parts.health();
    this.stop = parts.stop();
    RecordStore all = new JoinedStore(vault.months(), vault.held().periods());
    this.applier =
        new Applier(
            journal,
            all,
            keeping.monthKeys(),
            vault.checkpoint(),
            config.apply(),
            System::nanoTime);
    applier.tell(new Ledger(vault.closings()::closings));
    this.flusher = new MonthFlusher(applier, all, config.apply(), System::nanoTime);
    this.lawful = new Lawful(parts.lawful(), applier, flusher);
    this.retention = new RetentionWorker(keeping.setup(applier, flusher, lawful.holds(), writer));
    this.clock = keeping.clock();
  }

  static Engine start(NodeConfig config, Parts parts, Closers closers) {
    Engine engine = new Engine(config, parts);
    closers.then("the threads of the journal", engine::stopJournal);
    closers.then("the applier", engine::finish);
    engine.start("vellum-append", engine.journalDuty(engine.journal.appender()), true);
    engine.start("vellum-force", engine.journalDuty(engine.journal.forcer()), true);
    engine.start(
        "vellum-apply",
        Duties.polling(engine.applier::doWork, APPLY_LEAST_MICROS, APPLY_MOST_MICROS),
        false);
    engine.start(
        "vellum-flush",
        Duties.polling(engine.flusher::doWork, FLUSH_LEAST_MICROS, FLUSH_MOST_MICROS),
        false);
    engine.start(
        "vellum-retention",
        Duties.polling(engine.retention::doWork, KEEP_LEAST_MICROS, KEEP_MOST_MICROS),
        false);
    engine.start(
        "vellum-lawful",
        Duties.polling(engine.lawful::doWork, KEEP_LEAST_MICROS, KEEP_MOST_MICROS),
        false);
    engine.start(
        "vellum-audit",
        Duties.polling(parts.vault().auditing()::doWork, KEEP_LEAST_MICROS, KEEP_MOST_MICROS),
        false);
    return engine;
  }

  private void start(String name, Worker.Duty duty, boolean ofJournal) {
    (ofJournal ? journalWorkers : storeWorkers).add(Worker.start(name, duty, health::failed));
  }

  /** The journal keeps a failure to itself, and refuses from then on: the node must hear of it. */
  private Worker.Duty journalDuty(JournalWorker worker) {
    return Duties.watching(
        Duties.of(worker),
        () -> journal.failure().ifPresent(failure -> health.failed(worker.name(), failure)));
  }

  Applier applier() {
    return applier;
  }

  Lawful lawful() {
    return lawful;
  }

  RetentionWorker retention() {
    return retention;
  }

  /** Waits until all is forced and applied, in bounded time; then flushes and ends. */
  private void finish() throws InterruptedException {
    if (health.failure().isEmpty()) {
      await(() -> journal.forced() >= journal.appended());
      if (!await(() -> applier.progress().sequence() >= journal.forced())) {
        LOG.warn(
            Event.STOP_UNAPPLIED.code(),
            "{} entries of the journal are left to be applied at the next start",
            journal.forced() - applier.progress().sequence());
      }
    }
    boolean stopped = stop(storeWorkers);
    if (!stopped) {
      throw new IllegalStateException("the applier is still at work");
    }
    if (health.failure().isEmpty()) {
      flusher.flushAll();
    }
    lawful.close();
    applier.close();
    retention.close();
    writer.shutdown();
    clock.stop();
  }

  private boolean await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (stop.applyingMs() == 0 || health.failure().isPresent()) {
        return false;
      }
      LockSupport.parkNanos(this, POLL_NANOS);
    }
    return true;
  }

  private void stopJournal() throws InterruptedException {
    if (!stop(journalWorkers)) {
      throw new IllegalStateException("the journal's threads are still at work");
    }
  }

  private static boolean stop(List<Worker> workers) throws InterruptedException {
    boolean stopped = true;
    for (Worker worker : workers) {
      stopped &= worker.stop(THREAD_STOP_MS);
    }
    return stopped;
  }
}
