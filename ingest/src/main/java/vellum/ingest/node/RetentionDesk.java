package vellum.ingest.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CmsCheck;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyBackups;
import vellum.core.period.FoundRecord;
import vellum.core.period.RecordFinder;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.Pem;
import vellum.core.retention.BackupRegistry;
import vellum.core.retention.CertificateStore;
import vellum.core.retention.ClockException;
import vellum.core.retention.ClockState;
import vellum.core.retention.ErasureCertificate;
import vellum.core.retention.Evidence;
import vellum.core.retention.RetentionStatus;
import vellum.core.retention.RetentionWorker;
import vellum.core.seal.RecordOpener;
import vellum.ingest.api.RetentionPort;
import vellum.ingest.api.RetentionRefusal;

/** Answers what operators ask of retention, from the parts of a node. Thread-safe. */
final class RetentionDesk implements RetentionPort {

  private final Vault vault;
  private final Keeping keeping;
  private final RetentionWorker worker;
  private final RecordFinder finder;
  private final PolicyDesk policies;

  RetentionDesk(Vault vault, Keeping keeping, RetentionWorker worker, RecordFinder finder) {
    this.vault = vault;
    this.keeping = keeping;
    this.worker = worker;
    this.finder = finder;
    this.policies = new PolicyDesk(vault.policy(), worker::status, keeping.clock()::erasureNow);
  }

  @Override
  public Overview overview() {
    RetentionStatus status = worker.status();
    return new Overview(
        status.at(),
        clock(status.clock()),
        status.reservedBytes(),
        status.periods().stream()
            .filter(period -> period.month().kind() != MonthId.Kind.YEAR)
            .map(RetentionDesk::period)
            .toList());
  }

  private static Period period(RetentionStatus.Period period) {
    boolean unreadable =
        period.month().kind() == MonthId.Kind.TRAFFIC
            && period.stage().compareTo(Stage.KEY_DESTROYED) >= 0;
    return new Period(
        period.month().toString(),
        holding(period),
        period.stage().name(),
        period.since(),
        period.records(),
        period.bytes(),
        unreadable ? null : period.deadline(),
        period.removal(),
        period.overdue(),
        period.blocked(),
        period.progress(),
        0);
  }

  private static Holding holding(RetentionStatus.Period period) {
    return switch (period.month().kind()) {
      case USAGE -> Holding.USAGE;
      case CONTENT -> Holding.CONTENT;
      case SUSPENSE -> Holding.SUSPENSE;
      case TRAFFIC, YEAR ->
          period.stage().owner() == Stage.Owner.LIVE ? Holding.LIVE : Holding.ARCHIVE;
      case HOLD, CASE, TRAIL ->
          throw new IllegalStateException("a period of a case is in the list of periods");
    };
  }

  @Override
  public Optional<Explained> explain(UUID record, @Nullable String field) {
    List<FoundRecord> found = finder.find(record);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MonthId month = found.get(0).month();
    MonthId content =
        found.get(0) instanceof FoundRecord.Sealed sealed
            ? new RecordOpener().contentOf(sealed.record())
            : null;
    List<RetentionStatus.Period> periods = worker.status().periods();
    PolicyDesk.State state = state(periods, month);
    return Optional.of(
        new Explained(
            month.toString(),
            state.stage() == null ? "" : state.stage().name(),
            policies.reasons(state, content == null ? null : state(periods, content), field)));
  }

  private PolicyDesk.State state(List<RetentionStatus.Period> periods, MonthId month) {
    PolicyDesk.Ended ended =
        vault
            .keys()
            .ring()
            .destruction(month)
            .map(end -> new PolicyDesk.Ended(policyOfEnd(month), end.at()))
            .orElse(null);
    return periods.stream()
        .filter(one -> one.month().equals(month))
        .map(one -> new PolicyDesk.State(month, one.stage(), one.blocked(), ended))
        .findFirst()
        .orElse(new PolicyDesk.State(month, null, null, ended));
  }

  private @Nullable String policyOfEnd(MonthId month) {
    boolean isStripped = month.kind() == MonthId.Kind.TRAFFIC;
    return keeping
        .evidence()
        .find(month, isStripped ? ErasureCertificate.Kind.STRIP : ErasureCertificate.Kind.EXPIRY)
        .map(Evidence::policy)
        .orElse(null);
  }

  @Override
  public Optional<Policy> policy(OptionalInt version) {
    return policies.version(version);
  }

  @Override
  public Difference difference(byte[] yaml) {
    return policies.difference(yaml);
  }

  @Override
  public Policy accept(byte[] yaml, int replaces, String by, String reason) {
    return policies.accept(yaml, replaces, by, reason);
  }

  @Override
  public List<Certificate> certificates() {
    List<Certificate> all = new ArrayList<>();
    for (CertificateStore.Certificate one : keeping.certificates().all()) {
      ErasureCertificate content =
          ErasureCertificate.parse(CmsCheck.verify(one.cms(), null).content());
      all.add(
          new Certificate(
              one.period().toString(),
              one.event().name(),
              content.deadline(),
              one.signedAt(),
              content.records().count()));
    }
    return all;
  }

  @Override
  public Optional<Signed> certificate(String period) {
    MonthId month;
    try {
      month = MonthId.parse(period);
    } catch (IllegalArgumentException notAPeriod) {
      return Optional.empty();
    }
    Optional<CertificateStore.Certificate> found =
        keeping
            .certificates()
            .find(month, ErasureCertificate.Kind.STRIP)
            .or(() -> keeping.certificates().find(month, ErasureCertificate.Kind.EXPIRY));
    if (found.isEmpty()) {
      refuseNothingToStrip(month);
    }
    return found.map(RetentionDesk::signed);
  }

  /** A month whose first record came after its deadline never had anything to strip. */
  private void refuseNothingToStrip(MonthId month) {
    vault
        .catalog()
        .entry(month)
        .filter(entry -> entry.stage() == Stage.ARCHIVED)
        .filter(entry -> neverHadAKey(month))
        .ifPresent(
            entry -> {
              throw new RetentionRefusal.NotAllowed(
                  month
                      + " has no certificate of its own: its first record came after its deadline"
                      + " and was archived without identities, so there was nothing to strip; its"
                      + " end will be certified with "
                      + month.year());
            });
  }

  private boolean neverHadAKey(MonthId month) {
    return vault.keys().ring().destruction(month).filter(end -> !end.existed()).isPresent();
  }

  private static Signed signed(CertificateStore.Certificate one) {
    byte[] content = CmsCheck.verify(one.cms(), null).content();
    return new Signed(Pem.cms(one.cms()), new String(content, StandardCharsets.UTF_8));
  }

  @Override
  public String signer() {
    return vault.keys().signing().certificatePem();
  }

  @Override
  public Clock clock() {
    return clock(keeping.clock().tick());
  }

  @Override
  public Clock confirmClock(String by, String reason) {
    try {
      keeping.clock().confirm(by, reason);
      return clock();
    } catch (ClockException refused) {
      throw new RetentionRefusal.NotAllowed(String.valueOf(refused.getMessage()));
    }
  }

  private static Clock clock(ClockState state) {
    return new Clock(state.isTrusted(), state.text(), state.wall(), state.trusted());
  }

  @Override
  public List<KeyBackup> backups() {
    return backups(keeping.backups());
  }

  /** The registered backups as operators see them. */
  static List<KeyBackup> backups(BackupRegistry registry) {
    return registry.list().stream()
        .map(one -> backup(one.backup(), one.last().orElse(null)))
        .toList();
  }

  @Override
  public KeyBackup addBackup(String name, Path directory, Path keyEncryptionFile) {
    try {
      KeyBackups.Backup backup = new KeyBackups.Backup(name, directory, keyEncryptionFile);
      return backup(backup, keeping.backups().add(backup));
    } catch (IllegalArgumentException | CryptoException refused) {
      throw new RetentionRefusal.BadBackup(String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public List<KeyBackup> rewriteBackups() {
    keeping.backups().rewriteAll();
    return backups();
  }

  private static KeyBackup backup(KeyBackups.Backup backup, KeyBackups.@Nullable Outcome last) {
    String directory = backup.directory().toString();
    if (last instanceof KeyBackups.Outcome.Rewritten done) {
      return new KeyBackup(backup.name(), directory, true, done.keys() + " keys", done.at());
    }
    if (last instanceof KeyBackups.Outcome.Unreachable failed) {
      return new KeyBackup(backup.name(), directory, false, failed.reason(), failed.at());
    }
    return new KeyBackup(backup.name(), directory, false, "never written", Instant.EPOCH);
  }
}
