package vellum.ingest.node;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import vellum.core.apply.Applier;
import vellum.core.apply.Checkpoint;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.disk.Disk;
import vellum.core.hold.VaultParts;
import vellum.core.journal.ChronicleJournal;
import vellum.core.period.Catalog;
import vellum.core.period.Directories;
import vellum.core.period.Months;
import vellum.core.period.Stage;
import vellum.core.policy.PolicyStore;
import vellum.core.record.MonthId;
import vellum.core.registry.Registry;
import vellum.core.registry.RegistryStore;
import vellum.core.retention.MachineClocks;
import vellum.core.settlement.Askable;
import vellum.core.settlement.ClosingStore;
import vellum.core.settlement.KeptDays;
import vellum.core.settlement.KnownParties;
import vellum.core.settlement.StoredCells;
import vellum.core.settlement.TotalsQuery;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/**
 * Everything of a node that lies on the disk, opened in the order in which one part needs the
 * other: the {@link Ground}, keys, policy, registry, months, journal. Its parts are thread-safe.
 *
 * @param incarnation of the store: made with it, other after a restore
 * @param control the store of what is small and must not be lost
 * @param held the periods of holds, which no list of periods shows
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
    VaultParts.Scope held,
    Checkpoint checkpoint,
    ChronicleJournal journal) {

  /** What a vault needs of the machine. */
  record Machine(MachineClocks clocks, Disk disk, SecureRandom random) {

    InstantSource clock() {
      return clocks.wall();
    }
  }

  /** Opens the rest, behind the keys. */
  static Vault open(Ground ground, KeyParts keys) {
    NodeConfig config = ground.config();
    Machine machine = ground.machine();
    Closers closers = ground.closers();
    InstantSource clock = machine.clock();
    Disk disk = machine.disk();
    Path data = config.node().data();
    Store control = ground.control();
    Catalog catalog = ground.catalog();
    Auditing auditing = closers.own("the audit trail", Auditing.open(ground, keys));
    KeyCheck.makeYears(catalog, keys.ring());
    PolicyStore policy = PolicyStore.open(control, config.retention().policyFile().text(), clock);
    RegistryStore registry = new RegistryStore(control);
    ClosingStore closings = new ClosingStore(control);
    Months months = closers.own("the months", months(ground, keys, catalog));
    Catalog heldList = new Catalog(control, Catalog.HOLDS);
    Months held = closers.own("what is held", months(ground, keys, heldList));
    MonthCheck.openAll(months);
    MonthCheck.openAll(held);
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
        ground.incarnation(),
        ground.stores(),
        control,
        keys,
        auditing,
        policy,
        registry,
        closings,
        catalog,
        months,
        new VaultParts.Scope(held, heldList),
        checkpoint,
        journal);
  }

  private static Months months(Ground ground, KeyParts keys, Catalog catalog) {
    NodeConfig config = ground.config();
    Machine machine = ground.machine();
    InstantSource clock = machine.clock();
    return new Months(
        new Directories(config.node().data(), machine.disk()),
        catalog,
        keys.ring()::destruction,
        (place, tables) ->
            ground.stores().open(place.directory(), tables, options(config.store(), place, clock)),
        clock,
        config.store().openMonths());
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
