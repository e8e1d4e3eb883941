package vellum.ingest.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyEncryption;
import vellum.core.hold.HeldRecords;
import vellum.core.hold.Hold;
import vellum.core.hold.HoldEnd;
import vellum.core.hold.HoldErasure;
import vellum.core.record.MonthId;
import vellum.core.retention.CertificateStore;
import vellum.core.retention.ErasureCertificate;
import vellum.core.retention.VaultEnd;

/**
 * Ends the copies of a released hold's key, and signs what became of what it kept. The certificate
 * of a secret hold is in its case only. For one thread.
 */
final class HoldCertifier implements HoldErasure {

  private final Vault vault;
  private final Keeping keeping;
  private final HeldRecords records;

  HoldCertifier(Vault vault, Keeping keeping, HeldRecords records) {
    this.vault = vault;
    this.keeping = keeping;
    this.records = records;
  }

  /** Replaces the key-encryption key and rewrites all backups of keys: no copy opens any more. */
  static List<KeyBackups.Outcome> endCopies(Vault vault, Keeping keeping) {
    vault.keys().rotation().rotate();
    return keeping.backups().rewriteAll();
  }

  @Override
  public byte[] certify(Hold hold, HoldEnd end, Instant at) {
    VaultEnd.Gone gone = records.destroy(hold.vault(), at).orElseThrow();
    KekRotation.Rotated kek = vault.keys().rotation().rotate();
    List<KeyBackups.Outcome> backups = keeping.backups().rewriteAll();
    KeyEncryption.Erasure erasure = gone.key().erasure();
    ErasureCertificate certificate =
        new ErasureCertificate(
            ErasureCertificate.Kind.RELEASE,
            hold.vault(),
            "release of what was held",
            earlier(hold.last().at(), end.destroyedAt()),
            new ErasureCertificate.DestroyedKey(
                end.key(),
                end.destroyedAt(),
                backups.isEmpty() ? erasure : erasure.and(KeyEncryption.Erasure.LOGICAL)),
            new ErasureCertificate.Records(end.records(), Optional.empty(), Optional.empty()),
            gone.files(),
            Optional.of(new ErasureCertificate.Kek(kek.from(), kek.to())),
            backups.stream().map(HoldCertifier::backup).toList(),
            Optional.empty(),
            new ErasureCertificate.Maker(ProgramVersion.text(), vault.incarnation()));
    byte[] cms = vault.keys().signing().sign(certificate.json());
    if (!hold.secret()) {
      store(hold.vault(), at, cms);
    }
    return cms;
  }

  private void store(MonthId period, Instant at, byte[] cms) {
    keeping
        .certificates()
        .save(new CertificateStore.Certificate(period, ErasureCertificate.Kind.RELEASE, at, cms));
  }

  /** Erasing goes by a clock that may be behind the one by which it was ordered. */
  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static ErasureCertificate.Backup backup(KeyBackups.Outcome outcome) {
    if (outcome instanceof KeyBackups.Outcome.Rewritten done) {
      return new ErasureCertificate.Backup(done.name(), true, done.keys() + " keys", done.at());
    }
    KeyBackups.Outcome.Unreachable failed = (KeyBackups.Outcome.Unreachable) outcome;
    return new ErasureCertificate.Backup(failed.name(), false, failed.reason(), failed.at());
  }
}
