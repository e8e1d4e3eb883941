package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.access.TokenStore;
import vellum.core.apply.Applier;
import vellum.core.apply.Checkpoint;
import vellum.core.apply.GapStore;
import vellum.core.audit.Trail;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.disk.Disk;
import vellum.core.journal.ChronicleJournal;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.Months;
import vellum.core.period.Stage;
import vellum.core.policy.PolicyStore;
import vellum.core.record.MonthId;
import vellum.core.registry.Registry;
import vellum.core.registry.RegistryStore;
import vellum.core.rerating.RunStore;
import vellum.core.retention.MachineClocks;
import vellum.core.retention.RetentionSetup;
import vellum.core.settlement.Askable;
import vellum.core.settlement.ClosingStore;
import vellum.core.settlement.KeptDays;
import vellum.core.settlement.KnownParties;
import vellum.core.settlement.StoredCells;
import vellum.core.settlement.TotalsQuery;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;
import vellum.core.suspense.WriteOffs;
import vellum.ingest.api.KeptAnswers;

/**
 * Everything of a node that lies on the disk, opened in the order in which one part needs the
 * other, behind the lock: control store, keys, policy, registry, months, journal. Its parts are
 * thread-safe.
 *
 * @param incarnation of the store: made with it, other after a restore
 * @param control the store of what is small and must not be lost
 * @param auditing closed behind all that it hears of
 */
record Vault(
    String incarnation,
    Stores stores,
    Store control,
    KeyParts keys,
    Auditing auditing,
    PolicyStore policy,
    RegistryStore registry,
    ClosingStore closings,
    Catalog catalog,
    Months months,
    Checkpoint checkpoint,
    ChronicleJournal journal) {

  /** {@code incarnation} → UUID as text. */
  private static final Table NODE = new Table("node", 0, Table.Shape.SMALL);

  private static final byte[] INCARNATION = "incarnation".getBytes(StandardCharsets.US_ASCII);
  private static final long MAX_POLICY_BYTES = 1 << 20;

  /** What a vault needs of the machine. */
  record Machine(MachineClocks clocks, Disk disk, SecureRandom random) {

    InstantSource clock() {
      return clocks.wall();
    }
  }

  static Vault open(NodeConfig config, Machine machine, Closers closers) {
    InstantSource clock = machine.clock();
    Disk disk = machine.disk();
    Path data = config.node().data();
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
    KeyParts keys = KeyParts.open(config.node(), incarnation, clock, disk, machine.random());
    KeyCheck.requireKeys(catalog, keys.ring());
    Auditing auditing =
        closers.own("the audit trail", Auditing.open(config, control, keys, incarnation, machine));
    PolicyStore policy = PolicyStore.open(control, policyText(config.retention()), clock);
    RegistryStore registry = new RegistryStore(control);
    ClosingStore closings = new ClosingStore(control);
    Months months =
        closers.own(
            "the months",
            new Months(
                new Directories(data, disk),
                catalog,
                keys.ring()::destruction,
                (place, monthTables) ->
                    stores.open(
                        place.directory(), monthTables, options(config.store(), place, clock)),
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
    return new Vault(
        incarnation,
        stores,
        control,
        keys,
        auditing,
        policy,
        registry,
        closings,
        catalog,
        months,
        checkpoint,
        journal);
  }

  /** Totals out of the months. */
  TotalsQuery totals(Applier applier, InstantSource clock) {
    return new TotalsQuery(cells(), askable(clock), () -> applier.progress().sequence());
  }

  /** What questions about billing may name. */
  Askable askable(InstantSource clock) {
    return new Askable(
        new KnownParties(party -> isRegistered(party) || closings.has(party), cells()),
        new KeptDays(policy.calendar(), clock));
  }

  private StoredCells cells() {
    return new StoredCells(months, policy.calendar());
  }

  private boolean isRegistered(Party party) {
    Registry now = registry.registry();
    return party.cube() == Cube.SALE
        ? now.account(party.id()) != null
        : now.supplier(party.id()) != null;
  }

  private static List<Table> tables() {
    List<Table> tables = new ArrayList<>(RegistryStore.TABLES);
    tables.addAll(
        List.of(
            Catalog.TABLE,
            Checkpoint.TABLE,
            GapStore.TABLE,
            PolicyStore.TABLE,
            WriteOffs.TABLE,
            RunStore.TABLE,
            KeptAnswers.TABLE,
            TokenStore.TABLE,
            NODE));
    tables.addAll(RetentionSetup.tables());
    tables.addAll(ClosingStore.tables());
    tables.addAll(Trail.tables());
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

  /** The text of the policy's file, or null when the settings name none. */
  private static @Nullable String policyText(RetentionConfig config) {
    Path file = config.policy();
    if (file.toString().isEmpty()) {
      return null;
    }
    try {
      if (Files.size(file) > MAX_POLICY_BYTES) {
        throw new NodeException.BadConfig(
            "retention.policy: " + file + " must have at most " + MAX_POLICY_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("retention.policy: " + file + " cannot be read", e);
    }
  }

  private static StoreOptions options(
      StoreConfig config, Months.MonthOpener.Place place, InstantSource clock) {
    return place.owner() == Stage.Owner.ARCHIVE
        ? StoreOptions.archive()
        : config.month(isCurrent(place.month(), clock));
  }

  /** Whether a month is the clock's, into which nearly all goes. */
  private static boolean isCurrent(MonthId month, InstantSource clock) {
    return month.kind() == MonthId.Kind.TRAFFIC
        && month.month().equals(YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
  }
}
