package vellum.bench.totals;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import vellum.core.apply.Applier;
import vellum.core.apply.ApplyConfig;
import vellum.core.apply.Checkpoint;
import vellum.core.apply.MonthFlusher;
import vellum.core.apply.MonthKeys;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.journal.ChronicleJournal;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalConfig;
import vellum.core.journal.JournalException;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamLease;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.Months;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealedBatch;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.strip.StripProfile;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;

/** One journal full of generated traffic, applied by one thread, which also flushes. */
final class AppliedTraffic implements AutoCloseable {

  private static final int BATCH = 500;

  private final Stores stores;
  private final Store control;
  private final ChronicleJournal journal;
  private final Months months;
  private final Applier applier;
  private final MonthFlusher flusher;
  private final BatchSealer sealer;
  private long messages;

  /** What applying took: CPU of its thread, and time, in nanoseconds a message. */
  record Cost(double cpuNanos, double nanos, double flushCpuNanos, long cells) {}

  AppliedTraffic(Path directory, MonthCalendar calendar, Instant now) {
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.fixed(now);
    KeyRing keys =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), disk, random)),
            disk,
            random,
            clock);
    sealer = new BatchSealer(calendar, keys, PeriodGate.ALWAYS, AccountFacts.NONE, clock);
    stores = new Stores(disk, 256 << 20, 2);
    control =
        stores.openSynced(
            directory.resolve("control"),
            List.of(Catalog.TABLE, Checkpoint.TABLE),
            StoreOptions.control());
    Catalog catalog = new Catalog(control);
    Checkpoint checkpoint = new Checkpoint(control);
    journal =
        ChronicleJournal.open(
            directory.resolve("journal"),
            JournalConfig.defaults(),
            checkpoint.streams(),
            checkpoint.floor(),
            clock,
            disk);
    months =
        new Months(
            new Directories(directory, disk),
            catalog,
            keys::destruction,
            (place, tables) -> stores.open(place.directory(), tables, StoreOptions.currentMonth()),
            clock,
            16);
    ApplyConfig config = ApplyConfig.defaults();
    applier =
        new Applier(
            journal,
            months,
            new MonthKeys(keys, month -> StripProfile.DEFAULT),
            checkpoint,
            config,
            System::nanoTime);
    flusher = new MonthFlusher(applier, months, config, System::nanoTime);
  }

  /** Fills the journal. */
  void send(GeneratorOptions options) {
    Receipts receipts = new Receipts();
    journal.open(new StreamId("bench", "one", 0), 1, 0, receipts);
    drain();
    StreamLease lease = receipts.lease();
    TrafficGenerator traffic = new TrafficGenerator(options);
    long sequence = 1;
    boolean more = true;
    while (more) {
      sealer.begin(account -> true);
      int count = 0;
      while (count < BATCH && more) {
        more = traffic.next();
        if (more) {
          byte[] message = traffic.record().toByteArray();
          sealer.add(message, 0, message.length);
          count++;
        }
      }
      if (count > 0) {
        SealedBatch batch = sealer.finish();
        while (journal.append(lease, sequence, batch, receipts) == Journal.Admission.BUSY) {
          drain();
        }
        sequence += batch.sequences();
      }
    }
    drain();
    messages = sequence - 1;
  }

  private void drain() {
    while (journal.appender().doWork() + journal.forcer().doWork() > 0) {
      // Until both have nothing left.
    }
  }

  /** Applies all of it, and flushes at the end. */
  Cost apply() {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long start = System.nanoTime();
    while (applier.progress().sequence() < journal.forced()) {
      applier.doWork();
      flusher.doWork();
    }
    long flushCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    flusher.flushAll();
    long nanos = System.nanoTime() - start;
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return new Cost(
        (double) (end - cpu) / messages,
        (double) nanos / messages,
        (double) (end - flushCpu) / messages,
        cells());
  }

  /** Cells of all months. */
  private long cells() {
    CellMap all = new CellMap();
    for (MonthId month : months.months()) {
      try (RecordStore.Hold hold = months.hold(month)) {
        for (Cube cube : Cube.values()) {
          hold.month().cells(CellRange.all(cube), all::add);
        }
      }
    }
    return all.size();
  }

  long messages() {
    return messages;
  }

  @Override
  public void close() {
    applier.close();
    journal.close();
    months.close();
    control.close();
    stores.close();
  }

  /** Whatever the journal answers: nothing may fail. */
  private static final class Receipts implements Journal.OpenReceipt, Journal.Receipt {
    private final List<StreamLease> leases = new ArrayList<>();

    StreamLease lease() {
      return leases.get(0);
    }

    @Override
    public void opened(StreamLease lease) {
      leases.add(lease);
    }

    @Override
    public void fenced(long currentEpoch) {
      throw new IllegalStateException("fenced by the epoch " + currentEpoch);
    }

    @Override
    public void tooManyStreams(int limit) {
      throw new IllegalStateException("more than " + limit + " streams");
    }

    @Override
    public void durable(long journalSequence) {
      // As it should be.
    }

    @Override
    public void fenced() {
      throw new IllegalStateException("fenced");
    }

    @Override
    public void failed(JournalException cause) {
      throw cause;
    }
  }
}
