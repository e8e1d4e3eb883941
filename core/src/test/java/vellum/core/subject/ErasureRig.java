package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vellum.core.apply.Applier;
import vellum.core.apply.ApplyConfig;
import vellum.core.apply.Checkpoint;
import vellum.core.apply.GapStore;
import vellum.core.apply.MonthFlusher;
import vellum.core.apply.MonthKeys;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseKind;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.journal.ChronicleJournal;
import vellum.core.journal.JournalFeed;
import vellum.core.journal.OwnStream;
import vellum.core.journal.OwnStreams;
import vellum.core.journal.StreamId;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.FoundRecord;
import vellum.core.period.Month;
import vellum.core.period.Months;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordStore;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.Identities;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealFixture;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.Suspended;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.strip.StripProfile;
import vellum.core.suspense.SuspendedRow;
import vellum.core.suspense.SuspenseFilter;
import vellum.core.suspense.SuspenseReader;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.UsageRecord;

/**
 * The engine over one directory with the worker of erasures, driven step by step without threads.
 * Rows are not compressed, so that a search of the files sees what is in them.
 */
final class ErasureRig implements AutoCloseable {

  static final MonthId MONTH = MonthId.parse("2026-11.default");
  static final StreamId STREAM = new StreamId("test", "one", 0);

  final SealFixture seal;
  final KeyRing keys;
  final Store control;
  final CaseFiles cases;
  final ChronicleJournal journal;
  final Months months;
  final Catalog catalog;
  final Applier applier;
  final MonthFlusher flusher;
  final RecordFinder finder;
  final MonthKeys monthKeys;
  final ErasureWorker worker;
  final OwnStream own;
  Held held = Held.NONE;

  private final SecondsClock nanos = new SecondsClock();
  private final Stores stores;
  private final JournalFeed feed;

  /** Stores of months, to be flushed as the engine does by itself. */
  private final Map<MonthId, Store> opened = new HashMap<>();

  ErasureRig(Path directory) {
    Disk disk = new RealDisk();
    seal = new SealFixture(directory);
    keys = seal.keys;
    stores = new Stores(disk, 8 << 20, 1);
    List<vellum.core.store.Table> tables =
        new ArrayList<>(List.of(Catalog.TABLE, Checkpoint.TABLE, GapStore.TABLE));
    tables.addAll(CaseFiles.tables());
    tables.addAll(ErasureWorker.tables());
    control = stores.openSynced(directory.resolve("control"), tables, StoreOptions.control());
    catalog = new Catalog(control);
    seal.life = catalog;
    InstantSource clock = InstantSource.fixed(SealFixture.NOW);
    cases = CaseFiles.open(control, keys, new SecureRandom(), clock);
    Checkpoint checkpoint = new Checkpoint(control);
    journal =
        ChronicleJournal.open(
            directory.resolve("journal"),
            JournalFeed.smallConfig(),
            checkpoint.streams(),
            checkpoint.floor(),
            clock,
            disk);
    StoreOptions plain =
        new StoreOptions(
            false,
            4 << 20,
            4 << 20,
            4 << 20,
            StoreOptions.Compression.NONE,
            StoreOptions.Compression.NONE,
            64,
            1,
            true,
            StoreOptions.otherMonth().blocks());
    months =
        new Months(
            new Directories(directory, disk),
            catalog,
            keys::destruction,
            (place, each) -> {
              Store store = stores.open(place.directory(), each, plain);
              opened.put(place.month(), store);
              return store;
            },
            clock,
            16);
    monthKeys = new MonthKeys(keys, month -> StripProfile.DEFAULT);
    ApplyConfig config = ApplyConfig.defaults();
    applier = new Applier(journal, months, monthKeys, checkpoint, config, nanos);
    flusher = new MonthFlusher(applier, months, config, nanos);
    finder = new RecordFinder(months, seal.calendar, keys);
    feed = new JournalFeed(journal, STREAM);
    SealEpochs epochs = new SealEpochs();
    own =
        new OwnStreams(journal, seal::judging, epochs, () -> false, this::workAndTime)
            .open("erasure");
    worker =
        new ErasureWorker(
            new ErasureSetup(
                control,
                cases,
                months,
                finder,
                keys,
                seal.calendar,
                journal,
                epochs,
                applier,
                flusher,
                () -> own,
                (month, record) -> held.keep(month, record),
                Duration.ofSeconds(20),
                () -> applier.progress().sequence()));
  }

  private long workAndTime() {
    work();
    return System.nanoTime();
  }

  /** Lets the journal take what it was given, and applies it. */
  void work() {
    feed.drain();
    int messages = applier.doWork();
    while (messages > 0 || applier.progress().sequence() < journal.forced()) {
      messages = applier.doWork();
    }
  }

  /** Sends records as one batch, judged by the rules, and applies them. */
  void send(DetailRecord... records) {
    feed.send(seal.judged(records));
    work();
  }

  /** Sends events of the usage log, and applies them. */
  void sendUsage(UsageRecord... events) {
    feed.send(seal.sealUsage(List.of(events)));
    work();
  }

  /** Appends a batch, durably; not applied. */
  void append(SealedBatch batch) {
    feed.send(batch);
  }

  /** Flushes the month's tables without what waits in the heap, as a full memory does. */
  void flushByItself() {
    opened.get(MONTH).flushAll();
  }

  /** Recycles a row in suspense as a record. */
  void recycle(Suspended row, byte[] record) {
    BatchSealer sealer = seal.newSealer();
    sealer.begin(account -> true);
    sealer.recycle(row, record, 0, record.length);
    feed.send(sealer.finish());
    work();
  }

  /** Brings an erasure to a state. */
  void upTo(CaseId id, ErasureState state) {
    for (int i = 0; i < 2_000; i++) {
      if (worker.status(id).orElseThrow().state().compareTo(state) >= 0) {
        return;
      }
      worker.doWork();
      idle();
    }
    throw new AssertionError(
        worker.status(id) + " waits for " + worker.waitsFor(id) + ", not " + state);
  }

  /** Lets the journal, the applier and the flusher do what others would wait for. */
  void idle() {
    work();
    flusher.doWork();
    applier.doWork();
  }

  CaseId request() {
    return cases.create(CaseKind.REQUEST, id -> "{}".getBytes(StandardCharsets.UTF_8)).id();
  }

  /** Erases all of a person; returns the request. */
  CaseId erase(String number) {
    CaseId id = request();
    worker.begin(id, List.of(person(number)));
    upTo(id, ErasureState.DONE);
    return id;
  }

  static CaseScope person(String number) {
    return new CaseScope(
        List.of(CaseSubject.of(CaseSubject.Kind.NUMBER, number)),
        new TreeSet<>(),
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2027-01-01T00:00:00Z"),
        Set.of());
  }

  static CaseScope account(String account) {
    return new CaseScope(
        List.of(),
        new TreeSet<>(Set.of(account)),
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2027-01-01T00:00:00Z"),
        Set.of());
  }

  static CanonicalIdentity identity(String number) {
    byte[] value = number.getBytes(StandardCharsets.UTF_8);
    return new CanonicalIdentity().read(IdentifierKind.E164_VALUE, value, 0, value.length);
  }

  /** Ids of the records that are found by a number. */
  List<UUID> found(String number) {
    return finder.ofSubject(identity(number), null, 100).records().stream()
        .map(record -> record.id().orElseThrow())
        .toList();
  }

  SealedRecord sealed(DetailRecord sent) {
    FoundRecord found = finder.find(UUID.fromString(sent.getRecordId())).get(0);
    return ((FoundRecord.Sealed) found).record();
  }

  DetailRecord open(DetailRecord sent) {
    return seal.open(sealed(sent), Identities.CLEAR);
  }

  List<SuspendedRow> suspended() {
    List<SuspendedRow> rows = new ArrayList<>();
    new SuspenseReader(months)
        .all(new SuspenseFilter(0, "", 0, Long.MAX_VALUE, Long.MAX_VALUE), rows::add);
    return rows;
  }

  /** State of the month and every cell of it, as text. */
  String totals() {
    try (RecordStore.Hold hold = months.hold(MONTH)) {
      Month month = hold.month();
      CellMap all = new CellMap();
      CellMap recomputed = month.recomputedCells();
      for (Cube cube : Cube.values()) {
        month.cells(CellRange.all(cube), all::add);
        month.cells(CellRange.all(cube), recomputed::subtract);
      }
      assertThat(recomputed.isEmpty()).isTrue();
      SortedMap<String, String> cells = new TreeMap<>();
      Measures measures = new Measures();
      for (int cell = 0; cell < all.size(); cell++) {
        int from = all.keyOffset(cell);
        cells.put(
            HexFormat.of().formatHex(all.keys(), from, from + all.keyLength(cell)),
            all.measures(cell, measures).toString());
      }
      return month.state().at(0) + " " + month.suspended() + " " + cells;
    }
  }

  /** Files of the months and of the journal that hold some bytes. */
  List<Path> filesWith(Path directory, byte[] bytes) {
    return files(directory, file -> contains(file, bytes));
  }

  private static List<Path> files(Path directory, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, byte[] bytes) {
    try {
      byte[] all = Files.readAllBytes(file);
      for (int i = 0; i + bytes.length <= all.length; i++) {
        if (Arrays.equals(all, i, i + bytes.length, bytes, 0, bytes.length)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    flusher.flushAll();
    applier.close();
    journal.close();
    months.close();
    control.close();
    stores.close();
  }

  /** A monotonic clock that jumps by a second at each look. */
  private static final class SecondsClock implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long getAsLong() {
      return nanos.addAndGet(1_000_000_000);
    }
  }
}
