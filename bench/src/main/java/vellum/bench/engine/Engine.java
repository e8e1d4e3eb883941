package vellum.bench.engine;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import vellum.core.apply.Applier;
import vellum.core.apply.ApplyConfig;
import vellum.core.apply.Checkpoint;
import vellum.core.apply.GapStore;
import vellum.core.apply.MonthFlusher;
import vellum.core.apply.MonthKeys;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.journal.ChronicleJournal;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalConfig;
import vellum.core.journal.JournalEntry;
import vellum.core.journal.JournalException;
import vellum.core.journal.JournalTail;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamLease;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.JoinedStore;
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
import vellum.core.store.Table;
import vellum.core.strip.StripProfile;

/**
 * Sealer, journal, months, vaults of holds and applier as a server has them, put together without
 * its threads: who uses it does their work, and so can say what each step costs. For one thread.
 */
public final class Engine implements AutoCloseable {

  /** As many as a server leaves open. */
  private static final int OPEN_MONTHS = 24;

  private final Stores stores;
  private final Store control;
  private final ChronicleJournal journal;
  private final KeyRing keys;
  private final Months months;
  private final Months vaults;
  private final Applier applier;
  private final MonthFlusher flusher;
  private final BatchSealer sealer;
  private final Receipts receipts = new Receipts();
  private long nextSequence = 1;

  /** Opens all of it in a directory, with keys of its own and one stream of one producer. */
  public Engine(Path directory, MonthCalendar calendar, Instant now) {
    this(directory, keys(directory, now), calendar, now, JournalConfig.Ack.DISK);
  }

  /** Opens all of it in a directory, with one stream of one producer. */
  public Engine(
      Path directory, KeyRing keys, MonthCalendar calendar, Instant now, JournalConfig.Ack ack) {
    this(directory, keys, calendar, now, ack, 1);
  }

  /**
   * Opens all of it in a directory, perhaps again.
   *
   * @param opening counts the openings of this directory, from 1: the producer's epoch
   */
  public Engine(
      Path directory,
      KeyRing keys,
      MonthCalendar calendar,
      Instant now,
      JournalConfig.Ack ack,
      long opening) {
    this.keys = keys;
    RealDisk disk = new RealDisk();
    InstantSource clock = InstantSource.fixed(now);
    sealer = new BatchSealer(calendar, keys, PeriodGate.ALWAYS, AccountFacts.NONE, clock);
    stores = new Stores(disk, 256 << 20, 2);
    control =
        stores.openSynced(
            directory.resolve("control"),
            List.of(Catalog.TABLE, Catalog.HOLDS, Checkpoint.TABLE, GapStore.TABLE),
            StoreOptions.control());
    Checkpoint checkpoint = new Checkpoint(control);
    journal =
        ChronicleJournal.open(
            directory.resolve("journal"),
            config(ack),
            checkpoint.streams(),
            checkpoint.floor(),
            clock,
            disk);
    Directories directories = new Directories(directory, disk);
    Months.MonthOpener opener = (place, tables) -> open(place, tables, now);
    Catalog held = new Catalog(control, Catalog.HOLDS);
    months =
        new Months(
            directories, new Catalog(control), keys::destruction, opener, clock, OPEN_MONTHS);
    vaults = new Months(directories, held, keys::destruction, opener, clock, OPEN_MONTHS);
    RecordStore all = new JoinedStore(months, vaults);
    ApplyConfig config = ApplyConfig.defaults();
    MonthKeys monthKeys = new MonthKeys(keys, month -> StripProfile.DEFAULT);
    applier = new Applier(journal, all, monthKeys, checkpoint, config, System::nanoTime);
    flusher = new MonthFlusher(applier, all, config, System::nanoTime);
    journal.open(new StreamId("bench", "one", 0), opening, 0, receipts);
    force();
  }

  private Store open(Months.MonthOpener.Place place, List<Table> tables, Instant now) {
    boolean isCurrent =
        place.month().month().equals(YearMonth.from(now.atOffset(ZoneOffset.UTC).toLocalDate()));
    return stores.open(
        place.directory(),
        tables,
        isCurrent ? StoreOptions.currentMonth() : StoreOptions.otherMonth());
  }

  /** The keys in a directory, made when there are none. */
  public static KeyRing keys(Path directory, Instant now) {
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    return KeyRing.open(
        directory.resolve("keys"),
        List.of(FileKeyEncryption.open(directory.resolve("kek"), disk, random)),
        disk,
        random,
        InstantSource.fixed(now));
  }

  private static JournalConfig config(JournalConfig.Ack ack) {
    JournalConfig usual = JournalConfig.defaults();
    return new JournalConfig(
        ack,
        usual.ringCommands(),
        usual.ringBytes(),
        usual.segmentBytes(),
        usual.segmentAge(),
        usual.blockBytes(),
        usual.maxBatchBytes(),
        usual.reserveBytes(),
        usual.resumeBytes(),
        usual.checkBytes(),
        usual.forceEvery(),
        usual.maxStreams());
  }

  public BatchSealer sealer() {
    return sealer;
  }

  public KeyRing keys() {
    return keys;
  }

  public Months months() {
    return months;
  }

  /** What holds keep. */
  public Months vaults() {
    return vaults;
  }

  /** Makes an empty vault of a hold, and its key. */
  public void makeVault(MonthId vault) {
    keys.key(vault);
    vaults.make(vault);
  }

  /** Gives a batch to the journal, making room when there is none. */
  public void append(SealedBatch batch) {
    while (journal.append(receipts.lease(), nextSequence, batch, receipts)
        == Journal.Admission.BUSY) {
      force();
    }
    nextSequence += batch.sequences();
  }

  /** Says what the journal knows: goes through the ring, is answered, and writes nothing. */
  public void handOver() {
    journal.end(receipts.lease(), nextSequence - 1, receipts);
  }

  /** Writes what was appended and is in the ring; with receipts that wait, up to their bound. */
  public void write() {
    while (journal.appender().doWork() > 0) {
      // Until nothing is left.
    }
  }

  /** Reads the journal from its start; returns the bytes of all bodies. */
  public long read() {
    long bytes = 0;
    try (JournalTail tail = journal.tail(0)) {
      for (JournalEntry entry = tail.next(); entry != null; entry = tail.next()) {
        bytes += entry.bodyLength();
      }
    }
    return bytes;
  }

  /** Writes and forces all that was appended. */
  public void force() {
    while (journal.appender().doWork() + journal.forcer().doWork() > 0) {
      // Until both have nothing left.
    }
  }

  /** Applies all that is forced, flushing when it is due. */
  public void apply() {
    while (applier.progress().sequence() < journal.forced()) {
      applier.doWork();
      flusher.doWork();
    }
  }

  /** Makes all months durable. */
  public void flush() {
    flusher.flushAll();
  }

  @Override
  public void close() {
    applier.close();
    journal.close();
    months.close();
    vaults.close();
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
