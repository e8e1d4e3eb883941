package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.access.TokenStore;
import vellum.core.apply.Checkpoint;
import vellum.core.apply.GapStore;
import vellum.core.audit.OwedEntries;
import vellum.core.audit.Trail;
import vellum.core.casefile.CaseFiles;
import vellum.core.disk.RealDisk;
import vellum.core.hold.HoldVaults;
import vellum.core.journal.DataLock;
import vellum.core.log.Event;
import vellum.core.order.DisclosureJournal;
import vellum.core.period.Catalog;
import vellum.core.policy.PolicyStore;
import vellum.core.registry.RegistryStore;
import vellum.core.rerating.RunStore;
import vellum.core.retention.MachineClocks;
import vellum.core.retention.RetentionSetup;
import vellum.core.seal.SuspenseRules;
import vellum.core.settlement.ClosingStore;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;
import vellum.core.subject.ErasureWorker;
import vellum.core.suspense.WriteOffs;
import vellum.ingest.api.KeptAnswers;
import vellum.ingest.tls.ServerTls;

/**
 * What of a node needs no key: the lock, the control store, the audit trail, who may come in, TLS.
 * Opened before the keys are, and there while their secret is awaited. Its parts are thread-safe.
 *
 * @param live the configuration
 * @param suspense which records go into suspense
 * @param control the store of what is small and must not be lost
 * @param incarnation of the store: made with it, other after a restore
 * @param owed what the server does by itself, on its way into the trail
 * @param tls null: both servers are in clear
 * @param closers close everything, whatever is opened later too
 */
record Ground(
    LiveConfig live,
    Vault.Machine machine,
    SuspenseRules suspense,
    Stores stores,
    Store control,
    String incarnation,
    Catalog catalog,
    Trail trail,
    OwedEntries owed,
    @Nullable ServerTls tls,
    DataFiles files,
    Doors doors,
    Closers closers) {

  private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

  /** {@code incarnation} → UUID as text. */
  private static final Table NODE = new Table("node", 0, Table.Shape.SMALL);

  private static final byte[] INCARNATION = "incarnation".getBytes(StandardCharsets.US_ASCII);

  /**
   * Checks settings and machine, takes the data directory, and opens it that far.
   *
   * @param locked told when the data directory is this process's and nobody else's
   * @throws NodeException.BadConfig naming settings that name what is not there
   * @throws NodeException.NotFit naming everything else that is missing
   */
  static Ground open(NodeConfig config, MachineClocks clocks, Runnable locked) {
    StartCheck.require(config);
    Path data = config.node().data();
    List<String> warnings = SelfCheck.run(data).orThrow().warnings();
    Closers closers = new Closers();
    try {
      closers.own("the lock of the data directory", DataLock.acquire(data));
      locked.run();
      warnings.forEach(warning -> LOG.warn(Event.START_WARNING.code(), warning));
      return open(config, new Vault.Machine(clocks, new RealDisk(), new SecureRandom()), closers);
    } catch (IOException e) {
      throw closers.closeAfter(new UncheckedIOException("cannot open " + data.toAbsolutePath(), e));
    } catch (RuntimeException e) {
      throw closers.closeAfter(e);
    }
  }

  private static Ground open(NodeConfig config, Vault.Machine machine, Closers closers)
      throws IOException {
    SuspenseRules rules = config.suspense().read();
    Path data = config.node().data();
    Stores stores =
        closers.own(
            "the stores",
            new Stores(
                machine.disk(), config.store().cacheBytes(), config.store().backgroundThreads()));
    Store control =
        closers.own(
            "the control store",
            stores.openSynced(data.resolve("control"), tables(), StoreOptions.control()));
    DataFiles files = new DataFiles(data, machine.disk());
    Trail trail = Trail.open(control, machine.clock());
    return new Ground(
        new LiveConfig(config),
        machine,
        rules,
        stores,
        control,
        incarnation(control),
        new Catalog(control),
        trail,
        new OwedEntries(trail),
        Securing.open(config.tls(), machine.clock(), closers),
        files,
        Doors.open(config, control, machine, files),
        closers);
  }

  private static List<Table> tables() {
    List<Table> tables = new ArrayList<>(RegistryStore.TABLES);
    tables.addAll(
        List.of(
            Catalog.TABLE,
            Catalog.HOLDS,
            HoldVaults.TABLE,
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
    tables.addAll(CaseFiles.tables());
    tables.addAll(ErasureWorker.tables());
    tables.add(DisclosureJournal.TABLE);
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

  /** The configuration as it is now. */
  NodeConfig config() {
    return live.now();
  }

  /** What the servers' surroundings tell. */
  StatusReader.Surroundings around() {
    return new StatusReader.Surroundings(machine.clock(), machine.disk(), config().node().data());
  }

  @Override
  public String toString() {
    return "Ground";
  }
}
