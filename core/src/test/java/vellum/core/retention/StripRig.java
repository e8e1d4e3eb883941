package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import vellum.core.apply.Applier;
import vellum.core.apply.ApplyConfig;
import vellum.core.apply.Checkpoint;
import vellum.core.apply.GapStore;
import vellum.core.apply.MonthFlusher;
import vellum.core.apply.MonthKeys;
import vellum.core.audit.AuditException;
import vellum.core.audit.Content;
import vellum.core.audit.Trail;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.casefile.CaseFiles;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KekProvider;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.SigningKey;
import vellum.core.disk.Disk;
import vellum.core.hold.HoldVaults;
import vellum.core.hold.PlacedHolds;
import vellum.core.hold.VaultParts;
import vellum.core.journal.ChronicleJournal;
import vellum.core.journal.JournalFeed;
import vellum.core.journal.OwnStreams;
import vellum.core.journal.StreamId;
import vellum.core.order.DisclosureJournal;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.JoinedStore;
import vellum.core.period.MonthTables;
import vellum.core.period.Months;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.policy.PolicyCalendar;
import vellum.core.policy.PolicyStore;
import vellum.core.policy.RetentionPolicy;
import vellum.core.record.MonthId;
import vellum.core.registry.RegistryStore;
import vellum.core.rerating.RunStore;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.HeldScope;
import vellum.core.seal.HeldScopes;
import vellum.core.seal.KeyedGate;
import vellum.core.seal.PersonParts;
import vellum.core.seal.RegistryFacts;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.SuspenseRules;
import vellum.core.settlement.ClosingStore;
import vellum.core.settlement.Ledger;
import vellum.core.store.FullStore;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreLoad;
import vellum.core.store.StoreOptions;
import vellum.core.store.StoreOptions.Compression;
import vellum.core.store.Stores;
import vellum.core.store.Table;
import vellum.core.strip.StripProfile;
import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/**
 * The whole engine over one directory, with the retention worker, driven step by step without
 * threads, by clocks that a test moves. Rows are not compressed, so that a scan of the files sees
 * what is in them.
 */
public final class StripRig implements AutoCloseable {

  static final StreamId STREAM = new StreamId("test", "one", 0);
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final MonthId MONTH = MonthId.parse("2026-11.default");
  static final Instant DEADLINE = Instant.parse("2027-12-01T00:00:00Z");

  /** The source's rule, but for how long identities are kept. */
  static final String DEFAULT_POLICY =
      """
      format: 1
      classes:
        - name: default
          identities: %s
          legal_basis: a law
          traffic: 10 years
          usage: 36 months
          content: instruction
          verified: true
          source: notice
      """;

  final KillPoints disk = new KillPoints();
  public final PolicyCalendar calendar =
      new PolicyCalendar(RetentionPolicy.parse(DEFAULT_POLICY.formatted("12 months")));

  /** Versions of the policy, for certificates; the only one is whatever the calendar uses. */
  public final List<PolicyHistory.Accepted> versions =
      new ArrayList<>(List.of(new PolicyHistory.Accepted("test-1", Instant.EPOCH, calendar)));

  final AtomicLong nanos = new AtomicLong();
  final AtomicLong guardNanos = new AtomicLong();

  /** What each look at the worker's clock takes: a step then has one look of 64 rows. */
  long nanosALook = Rewriting.STEP_NANOS;

  public volatile Instant wall;

  /** Whether the audit trail takes nothing. */
  boolean isAuditFull;

  /** Whether archives that are made are not what was written. */
  boolean isCorrupting;

  /** Runs when the applier has found out whether it notes changes, and has not written yet. */
  Runnable beforeWrite = () -> {};

  Holds holds = Holds.NONE;

  final ClosingStore closings;
  final RegistryStore registry;
  final Path directory;
  final ChronicleJournal journal;
  public final Months months;
  final Applier applier;
  final MonthFlusher flusher;
  public final RecordFinder finder;
  public final Catalog catalog;
  public final KeyRing keys;
  final ClockGuard clock;
  public final CertificateStore certificates;
  public final EvidenceStore evidence;
  final SpacePlan space;
  final Catalog catalogOfHolds;
  final Months vaults;
  final HoldVaults holdVaults;
  final VaultParts vaultParts;
  final EvidenceStore evidenceOfHolds;

  /** Scopes of ongoing holds. */
  volatile List<HeldScope> scopes = List.of();

  volatile long scopesRevision;

  /** Accepted holds, as far as a test says. */
  volatile List<PlacedHolds.Placed> placed = List.of();

  final BackupRegistry backups;
  final SigningKey signing;
  final RetentionWorker worker;
  public final Trail trail;
  private final Stores stores;
  public final Store control;
  private final BatchSealer sealer;
  final SealEpochs epochs = new SealEpochs();
  private final JournalFeed feed;
  private final KekProvider kek;
  final KekRotation rotation;

  public StripRig(Path directory) {
    this(directory, NOW);
  }

  public StripRig(Path directory, Instant now) {
    this(directory, now, Optional::empty);
  }

  StripRig(Path directory, Instant now, Supplier<Optional<Uptime>> uptime) {
    this(
        directory,
        now,
        uptime,
        disk -> KekFiles.open(directory.resolve("kek"), disk, new SecureRandom()));
  }

  /**
   * @param provider opens the key-encryption key; a rotation that it began is finished
   */
  StripRig(
      Path directory,
      Instant now,
      Supplier<Optional<Uptime>> uptime,
      Function<Disk, KekProvider> provider) {
    this.directory = directory;
    this.wall = now;
    SecureRandom random = new SecureRandom();
    create(directory);
    InstantSource machine = () -> wall;
    kek = provider.apply(disk);
    keys = KeyRing.open(directory.resolve("keys"), kek.encryptions(), disk, random, machine);
    signing =
        SigningKey.open(
            directory.resolve("keys"), kek.encryptions(), "test", disk, random, machine);
    rotation = new KekRotation(kek, List.of(keys, signing));
    rotation.resume();
    stores = new Stores(disk, 8 << 20, 1);
    List<Table> tables = new ArrayList<>(List.of(Catalog.TABLE, Checkpoint.TABLE, GapStore.TABLE));
    tables.addAll(List.of(Catalog.HOLDS, HoldVaults.TABLE));
    tables.addAll(RetentionSetup.tables());
    tables.addAll(ClosingStore.tables());
    tables.addAll(RegistryStore.TABLES);
    tables.add(RunStore.TABLE);
    tables.addAll(Trail.tables());
    tables.addAll(CaseFiles.tables());
    tables.add(PolicyStore.TABLE);
    tables.add(DisclosureJournal.TABLE);
    control =
        disk.watch(stores.openSynced(directory.resolve("control"), tables, StoreOptions.control()));
    trail = Trail.open(control, machine);
    catalog = new Catalog(control);
    registry = new RegistryStore(control);
    closings = new ClosingStore(control);
    clock =
        new ClockGuard(
            ClockGuardConfig.DEFAULT,
            new MachineClocks(machine, guardNanos::get, uptime),
            control,
            () -> ClockGuard.NO_RECORD,
            state -> {});
    sealer = newSealer(SuspenseRules.NONE);
    Checkpoint checkpoint = new Checkpoint(control);
    journal =
        ChronicleJournal.open(
            directory.resolve("journal"),
            JournalFeed.smallConfig(),
            checkpoint.streams(),
            checkpoint.floor(),
            machine,
            disk);
    months =
        new Months(
            new Directories(directory, disk),
            catalog,
            keys::destruction,
            (place, each) -> stores.open(place.directory(), each, plain()),
            machine,
            16);
    catalogOfHolds = new Catalog(control, Catalog.HOLDS);
    vaults =
        new Months(
            new Directories(directory, disk),
            catalogOfHolds,
            keys::destruction,
            (place, each) -> stores.open(place.directory(), each, plain()),
            machine,
            16);
    MonthKeys monthKeys = new MonthKeys(keys, month -> StripProfile.DEFAULT);
    ApplyConfig config = ApplyConfig.defaults();
    applier = new Applier(journal, new Watched(), monthKeys, checkpoint, config, nanos::get);
    applier.tell(new Ledger(closings::closings));
    flusher = new MonthFlusher(applier, new JoinedStore(months, vaults), config, nanos::get);
    finder = new RecordFinder(months, calendar, keys);
    certificates = new CertificateStore(control);
    evidence = new EvidenceStore(control);
    space = new SpacePlan(disk, directory, () -> 0);
    backups = new BackupRegistry(control, new KeyBackups(keys, signing, disk, random, machine));
    evidenceOfHolds = new EvidenceStore(control);
    vaultParts = vaultParts();
    holdVaults = new HoldVaults(vaultParts);
    worker =
        new RetentionWorker(
            new RetentionSetup(
                clock,
                calendar,
                () -> List.copyOf(versions),
                new AllHolds(),
                catalog,
                months,
                new PlainMaker(),
                journal,
                epochs,
                applier,
                flusher,
                keys,
                monthKeys,
                rotation,
                backups,
                signing,
                control,
                evidence,
                certificates,
                new ErasureCertificate.Maker("0.1.0", "test"),
                space,
                Pace.full(),
                closings::expire,
                2_000,
                this::record,
                Runnable::run,
                this::look));
    feed = new JournalFeed(journal, STREAM);
  }

  private VaultParts vaultParts() {
    OwnStreams own =
        new OwnStreams(
            journal, () -> newSealer(SuspenseRules.NONE), epochs, () -> false, System::nanoTime);
    return new VaultParts(
        new VaultParts.Scope(months, catalog),
        new VaultParts.Scope(vaults, catalogOfHolds),
        keys,
        calendar,
        own.open("upkeep"),
        () -> placed,
        new Scopes(),
        epochs,
        journal,
        applier,
        control,
        new VaultEnd(
            new VaultEnd.Parts(
                vaults, catalogOfHolds, keys, journal, epochs, applier, flusher, evidenceOfHolds)),
        clock::erasureNow);
  }

  /** Says which ongoing holds there are. */
  void hold(HeldScope... active) {
    scopes = List.of(active);
    long before = scopesRevision;
    scopesRevision = before + 1;
  }

  private final class Scopes implements HeldScopes {
    @Override
    public List<HeldScope> active() {
      return scopes;
    }

    @Override
    public long revision() {
      return scopesRevision;
    }
  }

  /** Those of the vaults, and what a test says. */
  private final class AllHolds implements Holds {
    @Override
    public boolean copied(MonthId month, Instant deadline) {
      return holds.copied(month, deadline) && holdVaults.copied(month, deadline);
    }

    @Override
    public void close(MonthId month) {
      holdVaults.close(month);
    }
  }

  /** Puts another policy in force now, as a version of its own. */
  void accept(RetentionPolicy policy) {
    if (versions.size() == 1) {
      versions.set(
          0,
          new PolicyHistory.Accepted(
              "test-1", Instant.EPOCH, new PolicyCalendar(calendar.policy())));
    }
    versions.add(
        new PolicyHistory.Accepted(
            "test-" + (versions.size() + 1), wall, new PolicyCalendar(policy)));
    calendar.use(policy);
  }

  private long record(Content content) {
    if (isAuditFull) {
      throw new AuditException.Unavailable(FullStore.unavailable());
    }
    return trail.record(content);
  }

  private long look() {
    return nanos.addAndGet(nanosALook);
  }

  /** The months as the applier has them. */
  private final class Watched implements RecordStore {
    private final RecordStore both = new JoinedStore(months, vaults);

    @Override
    public Hold hold(MonthId month) {
      return both.hold(month);
    }

    @Override
    public Optional<Hold> holdExisting(MonthId month) {
      return both.holdExisting(month);
    }

    @Override
    public SortedSet<MonthId> months() {
      return both.months();
    }

    @Override
    public boolean notesChanges(MonthId month) {
      boolean notes = both.notesChanges(month);
      beforeWrite.run();
      return notes;
    }

    @Override
    public int trim() {
      return both.trim();
    }

    @Override
    public void close() {
      months.close();
    }
  }

  /** Stores without compression. */
  private final class PlainMaker implements ArchiveDraft.Maker {
    @Override
    public StoreLoad load(Path path, List<Table> tables) {
      return stores.load(path, tables, plain());
    }

    @Override
    public Store open(Path path, List<Table> tables) {
      Store store = stores.open(path, tables, plain());
      if (isCorrupting) {
        overwriteFirstRow(store);
      }
      return store;
    }

    /** Puts the second row under the key of the first, as a disk may that answers wrongly. */
    private void overwriteFirstRow(Store store) {
      StoreBatch batch = store.batch();
      try (Scan scan = store.scan(MonthTables.ARCHIVE_RECORDS, new byte[] {0}, new byte[] {-1})) {
        assertThat(scan.next()).isTrue();
        byte[] first = scan.key();
        assertThat(scan.next()).isTrue();
        batch.put(MonthTables.ARCHIVE_RECORDS, first, scan.value());
      }
      store.write(batch);
    }
  }

  private static StoreOptions plain() {
    StoreOptions live = StoreOptions.otherMonth();
    return new StoreOptions(
        false,
        4 << 20,
        4 << 20,
        4 << 20,
        Compression.NONE,
        Compression.NONE,
        64,
        1,
        true,
        live.blocks());
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sealer for one thread. */
  BatchSealer newSealer(SuspenseRules rules) {
    return new BatchSealer(
            calendar,
            keys,
            new KeyedGate(keys, catalog, calendar, clock::erasureNow),
            new RegistryFacts(registry::registry),
            rules,
            () -> wall)
        .watching(new Scopes());
  }

  /** Sends messages as one batch that is judged by the rules of suspense, as a node's are. */
  void sendJudged(List<DetailRecord> messages) {
    SealEpochs.Ticket ticket = epochs.enter();
    feed.send(seal(newSealer(SuspenseRules.DEFAULTS), messages), ticket::close);
  }

  /** Sends messages as one batch, durable when this returns; not applied. */
  public void send(List<DetailRecord> messages) {
    SealEpochs.Ticket ticket = epochs.enter();
    feed.send(seal(sealer, messages), ticket::close);
  }

  /** Erases everybody from a record, as an erasure of its account does. */
  void erase(SealedRecord record) {
    SealEpochs.Ticket ticket = epochs.enter();
    sealer.begin(account -> true);
    PersonParts parts =
        PersonParts.everybody(keys.existing(record.month()).orElseThrow().newCipher());
    sealer.erase(record.month(), record.key(), parts.in(record, false));
    feed.send(sealer.finish(), ticket::close);
    pump();
  }

  /** The same with events of the usage log. */
  public void sendUsage(List<UsageRecord> events) {
    SealEpochs.Ticket ticket = epochs.enter();
    sealer.begin(account -> true);
    for (UsageRecord event : events) {
      byte[] bytes = event.toByteArray();
      sealer.addUsage(bytes, 0, bytes.length);
    }
    feed.send(sealer.finish(), ticket::close);
  }

  private static SealedBatch seal(BatchSealer sealer, List<DetailRecord> messages) {
    sealer.begin(account -> true);
    for (DetailRecord message : messages) {
      byte[] bytes = message.toByteArray();
      sealer.add(bytes, 0, bytes.length);
    }
    return sealer.finish();
  }

  /** Whether a message would be taken now. */
  boolean takes(DetailRecord message) {
    sealer.begin(account -> true);
    byte[] bytes = message.toByteArray();
    sealer.add(bytes, 0, bytes.length);
    return sealer.finish().rejected().isEmpty();
  }

  /** What the other threads of a node do, until they have nothing left. */
  public void pump() {
    feed.drain();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    int done = 1;
    while (done > 0) {
      done = applier.doWork() + flusher.doWork();
      feed.drain();
    }
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    applier.doWork();
  }

  /** Moves both clocks, as time does. */
  public void moveTo(Instant instant) {
    guardNanos.addAndGet(Duration.between(wall, instant).toNanos());
    wall = instant;
    clock.tick();
  }

  /** Worker and all others, until nobody has anything left. */
  public void settle() {
    for (int idle = 0, rounds = 0; idle < 5; rounds++) {
      idle = worker.doWork() + holdVaults.doWork() > 0 ? 0 : idle + 1;
      pump();
      if (rounds > 5_000) {
        throw new AssertionError("does not come to an end: " + worker.status());
      }
    }
  }

  Stage stage(MonthId month) {
    return catalog.entry(month).map(Catalog.Entry::stage).orElse(null);
  }

  /** Totals of a month as its owner has it. */
  Totals totals(MonthId month) {
    try (RecordStore.Hold hold = months.holdExisting(month).orElseThrow()) {
      return Totals.of(hold.month());
    }
  }

  /** By how much the cells of a month differ from what its rows come to; empty when they do not. */
  CellMap cellDifferences(MonthId month) {
    try (RecordStore.Hold hold = months.holdExisting(month).orElseThrow()) {
      CellMap cells = hold.month().recomputedCells();
      for (Cube cube : Cube.values()) {
        hold.month().cells(CellRange.all(cube), cells::subtract);
      }
      return cells;
    }
  }

  long records(MonthId month) {
    try (RecordStore.Hold hold = months.holdExisting(month).orElseThrow()) {
      return hold.month().state().records();
    }
  }

  @Override
  public void close() {
    flusher.flushAll();
    applier.close();
    worker.close();
    journal.close();
    months.close();
    vaults.close();
    control.close();
    stores.close();
    kek.close();
  }
}
