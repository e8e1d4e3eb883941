package vellum.core.retention;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.log.Event;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.Sha256;

/** Makes and signs certificates of the evidence that was gathered. Thread-safe. */
final class Certifying {

  private static final Logger LOG = LoggerFactory.getLogger(Certifying.class);

  private final RetentionSetup setup;

  Certifying(RetentionSetup setup) {
    this.setup = setup;
  }

  /**
   * Writes the audit trail's entry of a certificate. A crash behind it repeats certificate and
   * entry; only one certificate is stored.
   *
   * @throws vellum.core.audit.AuditException.Unavailable when it is not written: the stage waits
   */
  void record(AuditEvent event, CertificateStore.Certificate certificate, long records) {
    setup
        .audit()
        .record(
            Draft.ofServer(event, certificate.period().toString())
                .counting(records)
                .digesting(Sha256.hex(certificate.cms())));
  }

  /** The certificate of a month's strip. */
  CertificateStore.Certificate strip(MonthId month, Evidence evidence, Instant now) {
    Evidence.Rewritten rewritten = evidence.rewritten();
    ErasureCertificate.Records records =
        rewritten == null
            ? new ErasureCertificate.Records(0, Optional.empty(), Optional.empty())
            : new ErasureCertificate.Records(
                rewritten.records(),
                Optional.of(rewritten.totalsDigest()),
                Optional.of(rewritten.rowsDigest()));
    return sign(month, evidence, records, now);
  }

  /** The certificate of the end of a period, or of an archive year. */
  CertificateStore.Certificate expiry(MonthId period, Evidence evidence, Instant now) {
    List<Evidence.MonthEnd> months = evidence.months();
    long count = months == null ? 0 : months.stream().mapToLong(Evidence.MonthEnd::records).sum();
    return sign(
        period,
        evidence,
        new ErasureCertificate.Records(
            count,
            Optional.empty(),
            Optional.empty(),
            months == null || period.kind() != MonthId.Kind.YEAR ? List.of() : months),
        now);
  }

  private CertificateStore.Certificate sign(
      MonthId period, Evidence evidence, ErasureCertificate.Records records, Instant now) {
    KeyRing.Destroyed key = setup.keys().destruction(period).orElseThrow();
    List<Evidence.BackupEnd> backups = evidence.backups();
    ErasureCertificate certificate =
        new ErasureCertificate(
            evidence.event(),
            period,
            evidence.policy(),
            Instant.parse(evidence.deadline()),
            new ErasureCertificate.DestroyedKey(key.key(), key.at(), erasure(key, backups)),
            records,
            Objects.requireNonNull(evidence.removed(), "nothing was removed").files(),
            Optional.ofNullable(evidence.kek())
                .map(kek -> new ErasureCertificate.Kek(kek.from(), kek.to())),
            backups == null ? List.of() : backups.stream().map(Certifying::backup).toList(),
            Optional.empty(),
            setup.certifier());
    byte[] cms = setup.signing().sign(certificate.json());
    return new CertificateStore.Certificate(period, evidence.event(), now, cms);
  }

  /** A backup of the keys, wrapped by a key in a file, is worth what files are worth. */
  private static KeyEncryption.Erasure erasure(
      KeyRing.Destroyed key, @Nullable List<Evidence.BackupEnd> backups) {
    return backups == null || backups.isEmpty()
        ? key.erasure()
        : key.erasure().and(KeyEncryption.Erasure.LOGICAL);
  }

  /** Says that a period has come to its end, once its certificate is stored. */
  static void stored(CertificateStore.Certificate certificate, Stage stage) {
    LOG.info(
        Event.CERTIFICATE_STORED.code(),
        "{} is {}: certificate of its {}, signed at {}, is stored ({} bytes)",
        certificate.period(),
        stage,
        certificate.event(),
        certificate.signedAt(),
        certificate.cms().length);
  }

  static Evidence.BackupEnd backup(KeyBackups.Outcome outcome) {
    if (outcome instanceof KeyBackups.Outcome.Rewritten done) {
      return new Evidence.BackupEnd(done.name(), true, done.keys() + " keys", done.at().toString());
    }
    KeyBackups.Outcome.Unreachable failed = (KeyBackups.Outcome.Unreachable) outcome;
    return new Evidence.BackupEnd(failed.name(), false, failed.reason(), failed.at().toString());
  }

  private static ErasureCertificate.Backup backup(Evidence.BackupEnd end) {
    return new ErasureCertificate.Backup(
        end.name(), end.rewritten(), end.detail(), Instant.parse(end.at()));
  }
}
