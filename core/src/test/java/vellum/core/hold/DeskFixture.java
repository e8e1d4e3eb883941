package vellum.core.hold;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import vellum.core.access.Role;
import vellum.core.audit.Trail;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseAudit;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.retention.RemovedFiles;
import vellum.core.retention.VaultEnd;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;

/** A desk and its worker over real case files, with vaults that only count. */
final class DeskFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-22T14:20:11.123Z");
  static final String NUMBER = "+4915112345678";
  static final Asker JANE = new Asker("jane", Set.of(Role.PRIVACY), "token");
  static final Asker ROOT = new Asker("root", Set.of(Role.ADMINISTRATOR), "token");
  static final Asker DORA = new Asker("dora", Set.of(Role.DISCLOSURE), "token");

  final Path directory;
  private final SecureRandom random = new SecureRandom();
  private Stores stores;
  Store control;
  KeyRing keys;
  CaseFiles files;
  Trail trail;
  CaseAudit audit;
  ActiveScopes scopes;
  HoldDesk desk;
  HoldWorker worker;
  final CountedVaults vaults = new CountedVaults();
  final List<String> certified = new ArrayList<>();
  Instant now = NOW;

  /** Vaults of which only is known how often they were asked. */
  final class CountedVaults implements HeldRecords {
    final Map<MonthId, Integer> steps = new HashMap<>();
    final List<MonthId> gone = new ArrayList<>();
    final Set<MonthId> made = new HashSet<>();
    int failures;
    int unmade;
    boolean waits;

    @Override
    public void make(MonthId vault) {
      if (unmade > 0) {
        unmade--;
        throw new IllegalStateException("the disk is full, as asked");
      }
      keys.key(vault);
      made.add(vault);
    }

    @Override
    public Progress copy(VaultScope scope) {
      if (!made.contains(scope.vault())) {
        throw new IllegalStateException("copied before it was made");
      }
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("the disk failed, as asked");
      }
      if (waits) {
        return Progress.WAITS;
      }
      int step = steps.merge(scope.vault(), 1, Integer::sum);
      return step < 3 ? Progress.MOVED : Progress.DONE;
    }

    @Override
    public long records(MonthId vault) {
      return 7;
    }

    @Override
    public Optional<VaultEnd.Gone> destroy(MonthId vault, Instant at) {
      if (!keys.destroyed(vault)) {
        keys.destroy(vault, at);
        return Optional.empty();
      }
      gone.add(vault);
      return Optional.of(
          new VaultEnd.Gone(
              keys.destruction(vault).orElseThrow(), 7, RemovedFiles.of(at, List.of())));
    }
  }

  DeskFixture(Path directory) {
    this.directory = directory;
    open();
  }

  private void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    List<Table> tables = new ArrayList<>(CaseFiles.tables());
    tables.addAll(Trail.tables());
    control = stores.openSynced(directory.resolve("control"), tables, StoreOptions.control());
    keys =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), new RealDisk(), random)),
            new RealDisk(),
            random,
            () -> now);
    files = CaseFiles.open(control, keys, random, () -> now);
    trail = Trail.open(control, () -> now);
    audit = new CaseAudit(trail, keys, random, () -> now);
    scopes = new ActiveScopes();
    desk = HoldDesk.open(new HoldDesk.Parts(files, keys, random, () -> now, scopes));
    worker =
        new HoldWorker(
            new HoldWorker.Parts(
                desk,
                vaults,
                (hold, end, at) -> {
                  certified.add(hold.id().text());
                  return new byte[] {1, 2, 3};
                },
                audit,
                () -> now,
                Period.ofYears(3)));
  }

  void reopen() {
    close();
    open();
  }

  /** Steps until none can be taken, asked twice; returns how many were. */
  int work() {
    int steps = 0;
    for (int idle = 0; idle < 2; idle++) {
      while (worker.doWork() > 0) {
        steps++;
      }
    }
    return steps;
  }

  static CaseScope scope() {
    return new CaseScope(
        List.of(CaseSubject.of(CaseSubject.Kind.NUMBER, NUMBER)),
        Collections.emptySortedSet(),
        NOW.minus(Duration.ofDays(60)),
        NOW.plus(Duration.ofDays(60)),
        Set.of());
  }

  static CaseScope accounts(String... accounts) {
    return new CaseScope(
        List.of(),
        new TreeSet<>(List.of(accounts)),
        NOW.minus(Duration.ofDays(60)),
        NOW.plus(Duration.ofDays(60)),
        Set.of());
  }

  static HoldOrder order(HoldReach reach, boolean secret) {
    return new HoldOrder(
        HoldType.PRESERVATION_ORDER,
        reach,
        scope(),
        "Art. 16 Convention on Cybercrime",
        "StA 77 Js 4711/26",
        Optional.empty(),
        NOW.plus(Duration.ofDays(90)),
        secret,
        "preservation order received");
  }

  @Override
  public void close() {
    control.close();
    stores.close();
  }
}
