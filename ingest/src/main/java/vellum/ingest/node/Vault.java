package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vellum.core.apply.Checkpoint;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.Disk;
import vellum.core.journal.ChronicleJournal;
import vellum.core.journal.DataLock;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.Months;
import vellum.core.record.MonthId;
import vellum.core.registry.RegistryStore;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;

/**
 * Everything of a node that lies on the disk, opened in the order in which one part needs the
 * other: lock, control store, keys, registry, months, journal. Its parts are thread-safe.
 *
 * @param incarnation of the store: made with it, other after a restore
 */
record Vault(
    String incarnation,
    KeyRing keys,
    RegistryStore registry,
    Catalog catalog,
    Months months,
    Checkpoint checkpoint,
    ChronicleJournal journal) {

  /** {@code incarnation} → UUID as text. */
  private static final Table NODE = new Table("node", 0, Table.Shape.SMALL);

  private static final byte[] INCARNATION = "incarnation".getBytes(StandardCharsets.US_ASCII);

  static Vault open(
      NodeConfig config, InstantSource clock, Disk disk, SecureRandom random, Closers closers) {
    Path data = config.node().data();
    closers.own("the lock of the data directory", DataLock.acquire(data));
    Stores stores =
        closers.own(
            "the stores",
            new Stores(disk, config.store().cacheBytes(), config.store().backgroundThreads()));
    Store control =
        closers.own(
            "the control store",
            stores.openSynced(data.resolve("control"), tables(), StoreOptions.control()));
    String incarnation = incarnation(control);
    Catalog catalog = new Catalog(control);
    Path kek = kekFile(config.node());
    KeyCheck.requireKeyEncryptionKey(kek, data.resolve("keys"));
    KeyRing keys =
        KeyRing.open(
            data.resolve("keys"),
            List.of(FileKeyEncryption.open(kek, disk, random)),
            disk,
            random,
            clock);
    KeyCheck.requireKeys(catalog, keys);
    RegistryStore registry = new RegistryStore(control);
    Months months =
        closers.own(
            "the months",
            new Months(
                new Directories(data, disk),
                catalog,
                keys::destroyed,
                (place, monthTables) ->
                    stores.open(
                        place.directory(),
                        monthTables,
                        config.store().month(isCurrent(place.month(), clock))),
                clock,
                config.store().openMonths()));
    MonthCheck.openAll(months);
    Checkpoint checkpoint = new Checkpoint(control);
    ChronicleJournal journal =
        closers.own(
            "the journal",
            ChronicleJournal.open(
                data.resolve("journal"),
                config.journal(),
                checkpoint.streams(),
                checkpoint.floor(),
                clock,
                disk));
    return new Vault(incarnation, keys, registry, catalog, months, checkpoint, journal);
  }

  private static List<Table> tables() {
    List<Table> tables = new ArrayList<>(RegistryStore.TABLES);
    tables.add(Catalog.TABLE);
    tables.add(Checkpoint.TABLE);
    tables.add(NODE);
    return tables;
  }

  private static String incarnation(Store control) {
    byte[] stored = control.get(NODE, INCARNATION);
    if (stored != null) {
      return new String(stored, StandardCharsets.US_ASCII);
    }
    String made = UUID.randomUUID().toString();
    StoreBatch batch = control.batch();
    batch.put(NODE, INCARNATION, made.getBytes(StandardCharsets.US_ASCII));
    control.write(batch);
    return made;
  }

  private static Path kekFile(RunConfig config) {
    Path file = config.kekFile().toAbsolutePath();
    try {
      Path parent = file.getParent();
      if (parent != null && Files.notExists(parent)) {
        Files.createDirectories(
            parent,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory of " + file, e);
    }
  }

  /** Whether a month is the clock's, into which nearly all goes. */
  private static boolean isCurrent(MonthId month, InstantSource clock) {
    return month.kind() == MonthId.Kind.TRAFFIC
        && month.month().equals(YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
  }
}
