package vellum.core.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.journal.ChronicleJournal;
import vellum.core.journal.JournalFeed;
import vellum.core.journal.StreamId;
import vellum.core.period.Catalog;
import vellum.core.period.ContentFinder;
import vellum.core.period.Directories;
import vellum.core.period.MonthState;
import vellum.core.period.Months;
import vellum.core.period.RecordFinder;
import vellum.core.period.UsageFinder;
import vellum.core.seal.SealFixture;
import vellum.core.seal.SealedBatch;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.strip.StripProfile;
import vellum.core.suspense.WriteOffs;
import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/**
 * Journal, stores and applier over one directory, driven step by step without threads. A crash is a
 * copy of the directory in which only what was forced and flushed is there.
 */
final class ApplyFixture implements AutoCloseable {

  static final StreamId STREAM = new StreamId("test", "one", 0);

  final AtomicLong nanos = new AtomicLong();
  final SealFixture seal;
  final ChronicleJournal journal;
  final Months months;
  final Applier applier;
  final MonthFlusher flusher;
  final RecordFinder finder;
  final UsageFinder usage;
  final ContentFinder contents;
  final Catalog catalog;
  final MonthKeys monthKeys;
  final KeyRing keys;
  final Stores stores;
  final Checkpoint checkpoint;
  final Store control;
  final JournalFeed feed;

  ApplyFixture(Path directory) {
    this(directory, ApplyConfig.defaults(), 16);
  }

  ApplyFixture(Path directory, ApplyConfig config, int maxOpen) {
    Disk disk = new RealDisk();
    seal = new SealFixture(directory);
    keys = seal.keys;
    stores = new Stores(disk, 8 << 20, 1);
    control =
        stores.openSynced(
            directory.resolve("control"),
            List.of(Catalog.TABLE, Checkpoint.TABLE, GapStore.TABLE, WriteOffs.TABLE),
            StoreOptions.control());
    catalog = new Catalog(control);
    seal.life = catalog;
    checkpoint = new Checkpoint(control);
    InstantSource clock = InstantSource.fixed(SealFixture.NOW);
    journal =
        ChronicleJournal.open(
            directory.resolve("journal"),
            JournalFeed.smallConfig(),
            checkpoint.streams(),
            checkpoint.floor(),
            clock,
            disk);
    months =
        new Months(
            new Directories(directory, disk),
            catalog,
            keys::destruction,
            (place, tables) -> stores.open(place.directory(), tables, options()),
            clock,
            maxOpen);
    monthKeys = new MonthKeys(keys, month -> StripProfile.DEFAULT);
    applier = new Applier(journal, months, monthKeys, checkpoint, config, nanos::get);
    flusher = new MonthFlusher(applier, months, config, nanos::get);
    finder = new RecordFinder(months, seal.calendar, keys);
    usage = new UsageFinder(months, seal.calendar, keys);
    contents = new ContentFinder(months, keys);
    feed = new JournalFeed(journal, STREAM);
  }

  static StoreOptions options() {
    return StoreOptions.otherMonth().withBuffers(4 << 20, 4 << 20, 4 << 20);
  }

  /** Sends messages as one batch, durable when this returns; not applied. */
  void send(List<DetailRecord> messages) {
    send(seal.seal(messages));
  }

  void sendUsage(UsageRecord... events) {
    send(seal.sealUsage(List.of(events)));
  }

  void send(SealedBatch batch) {
    feed.send(batch);
  }

  void send(DetailRecord... messages) {
    send(List.of(messages));
  }

  /** Lets the journal take what it was given, and applies it. */
  void work() {
    feed.drain();
    apply();
  }

  /** Applies everything that is forced. */
  void apply() {
    int messages = applier.doWork();
    while (messages > 0 || applier.progress().sequence() < journal.forced()) {
      messages = applier.doWork();
    }
  }

  /** Sums the states of all months. */
  MonthState totals() {
    return finder.states().values().stream()
        .reduce(new MonthState(0, 0, 0, 0, 0, 0), MonthState::plus);
  }

  /**
   * What a crash would leave: a copy of the files as they are. Compaction goes on meanwhile, so the
   * copy is taken again until no file came or went.
   */
  static void copy(Path from, Path to) {
    try {
      while (!copiedAtOneMoment(from, to)) {
        new RealDisk().deleteTree(to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean copiedAtOneMoment(Path from, Path to) throws IOException {
    try {
      List<Path> before = files(from);
      for (Path file : before) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
      return files(from).equals(before);
    } catch (NoSuchFileException deletedMeanwhile) {
      return false;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return false;
      }
      throw e;
    }
  }

  /** Files of a directory, manifests first: what they name is copied after them. */
  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .sorted(
              Comparator.comparing((Path file) -> file.toString().endsWith(".sst"))
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
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
}
