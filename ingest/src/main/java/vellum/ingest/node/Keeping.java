package vellum.ingest.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.apply.Applier;
import vellum.core.apply.MonthFlusher;
import vellum.core.apply.MonthKeys;
import vellum.core.log.Event;
import vellum.core.period.ArchiveDraft;
import vellum.core.policy.PolicyCalendar;
import vellum.core.policy.PolicyException;
import vellum.core.policy.PolicyVersion;
import vellum.core.policy.RetentionPolicy;
import vellum.core.record.MonthId;
import vellum.core.retention.BackupRegistry;
import vellum.core.retention.CertificateStore;
import vellum.core.retention.ClockGuard;
import vellum.core.retention.ClockState;
import vellum.core.retention.ErasureCertificate;
import vellum.core.retention.EvidenceStore;
import vellum.core.retention.Holds;
import vellum.core.retention.Pace;
import vellum.core.retention.PolicyHistory;
import vellum.core.retention.RetentionSetup;
import vellum.core.retention.SpacePlan;
import vellum.core.seal.SealEpochs;
import vellum.core.store.Store;
import vellum.core.store.StoreLoad;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;
import vellum.core.strip.StripProfile;

/**
 * What decides about the end of records in a node, and what it needs: the clock that may erase, the
 * policy's profiles, evidence and certificates. Thread-safe.
 */
final class Keeping {

  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  private final Vault vault;
  private final ClockGuard clock;
  private final SealEpochs epochs = new SealEpochs();
  private final MonthKeys monthKeys;
  private final BackupRegistry backups;
  private final EvidenceStore evidence;
  private final CertificateStore certificates;
  private final SpacePlan space;
  private final long reserveBytes;

  /** When the newest entry known at the start was appended; 0 when there was none. */
  private final long newestMicros;

  private volatile @Nullable Applier applier;

  Keeping(NodeConfig config, Vault vault, Vault.Machine machine) {
    this.vault = vault;
    requireProfiles(vault.policy().current().policy());
    this.newestMicros = vault.checkpoint().streams().newestMicros();
    this.clock =
        new ClockGuard(
            config.retention().clock(),
            machine.clocks(),
            vault.control(),
            this::newestMicros,
            Keeping::tell);
    if (clock.state().isTrusted() && clock.state().isConfirmable()) {
      LOG.warn(Event.ERASING_LATE.code(), "erasing is late: {}", clock.state().text());
    }
    this.monthKeys = new MonthKeys(vault.keys().ring(), this::profile);
    this.backups = new BackupRegistry(vault.control(), vault.keys().backups());
    vault.auditing().watch(backups);
    this.evidence = new EvidenceStore(vault.control());
    this.certificates = new CertificateStore(vault.control());
    Path data = config.node().data();
    this.reserveBytes = config.journal().reserveBytes();
    this.space = new SpacePlan(machine.disk(), data, config.journal()::reserveBytes);
    vault.journal().promise(space::reservedBytes);
  }

  /** Every class of a policy has a profile that there is. */
  static void requireProfiles(RetentionPolicy policy) {
    policy.classes().forEach(one -> StripProfile.named(one.terms().stripProfile()));
  }

  private static void tell(ClockState state) {
    if (state.isTrusted()) {
      LOG.info(Event.CLOCK_TRUSTED.code(), "the clock is trusted: what is due is erased");
    } else {
      LOG.error(
          Event.CLOCK_UNTRUSTED.code(),
          "nothing is erased: {}. Look at the machine's clock, then: vellum retention"
              + " confirm-clock",
          state.text());
    }
  }

  private long newestMicros() {
    Applier running = applier;
    long applied = running == null ? 0 : running.progress().lastAppendedAtMicros();
    long newest = Math.max(newestMicros, applied);
    return newest == 0 ? ClockGuard.NO_RECORD : newest;
  }

  private StripProfile profile(MonthId month) {
    return vault
        .policy()
        .calendar()
        .policy()
        .of(month)
        .map(one -> StripProfile.named(one.terms().stripProfile()))
        .orElse(StripProfile.DEFAULT);
  }

  /** Disk into which the journal does not write, a strip's room aside. */
  long reserveBytes() {
    return reserveBytes;
  }

  ClockGuard clock() {
    return clock;
  }

  SealEpochs epochs() {
    return epochs;
  }

  MonthKeys monthKeys() {
    return monthKeys;
  }

  BackupRegistry backups() {
    return backups;
  }

  EvidenceStore evidence() {
    return evidence;
  }

  CertificateStore certificates() {
    return certificates;
  }

  /**
   * What the worker of retention works with.
   *
   * @param holds asked before a month's key dies
   * @param writer one thread that packs archives, beside the worker's
   */
  RetentionSetup setup(Applier applier, MonthFlusher flusher, Holds holds, Executor writer) {
    this.applier = applier;
    LongSupplier behind =
        () ->
            Math.max(
                0, vault.journal().stats().appendedBytes() - applier.progress().journalBytes());
    return new RetentionSetup(
        clock,
        vault.policy().calendar(),
        this::versions,
        holds,
        vault.catalog(),
        vault.months(),
        new Drafts(vault.stores()),
        vault.journal(),
        epochs,
        applier,
        flusher,
        vault.keys().ring(),
        monthKeys,
        vault.keys().rotation(),
        backups,
        vault.keys().signing(),
        vault.control(),
        evidence,
        certificates,
        new ErasureCertificate.Maker(ProgramVersion.text(), vault.incarnation()),
        space,
        new Pace(() -> applier.progress().messages(), behind, System::nanoTime),
        vault.closings()::expire,
        RetentionSetup.LINK_BYTES,
        vault.auditing().audit(),
        writer,
        System::nanoTime);
  }

  /** The policy over time; an old version that can no longer be read says nothing. */
  private List<PolicyHistory.Accepted> versions() {
    List<PolicyHistory.Accepted> versions = new ArrayList<>();
    for (PolicyVersion one : vault.policy().versions()) {
      try {
        versions.add(
            new PolicyHistory.Accepted(
                String.valueOf(one.version()), one.acceptedAt(), new PolicyCalendar(one.policy())));
      } catch (PolicyException unreadable) {
        LOG.warn(
            Event.POLICY_UNREADABLE.code(),
            "version {} of the policy cannot be read any more",
            one.version());
      }
    }
    return versions;
  }

  /** Makes the stores of archives. */
  private record Drafts(Stores stores) implements ArchiveDraft.Maker {

    @Override
    public StoreLoad load(Path directory, List<Table> tables) {
      return stores.load(directory, tables, StoreOptions.archive());
    }

    @Override
    public Store open(Path directory, List<Table> tables) {
      return stores.open(directory, tables, StoreOptions.archive());
    }
  }
}
