package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.Argon2Cost;
import vellum.core.crypto.CmsCheck;
import vellum.core.crypto.KekProvider;
import vellum.core.crypto.KekProviders;
import vellum.core.crypto.KekSecret;
import vellum.core.crypto.KekSettings;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.crypto.SoftHsm;
import vellum.core.disk.Disk;
import vellum.core.period.Stage;

/** A whole strip with every provider, and what its certificate says the destruction is worth. */
final class ErasureGradeTest {

  @TempDir Path directory;

  private Path kek() {
    return directory.resolve("kek");
  }

  private static Function<Disk, KekProvider> file(Path kek) {
    return disk -> KekProviders.open(new KekSettings.File(kek), null, disk, new SecureRandom());
  }

  private static Function<Disk, KekProvider> passphrase(Path kek) {
    return disk -> {
      try (KekSecret secret = KekSecret.of("correct horse battery".toCharArray())) {
        return KekProviders.open(
            new KekSettings.Passphrase(kek, new Argon2Cost(64, 1, 1)),
            secret,
            disk,
            new SecureRandom());
      }
    };
  }

  private static Function<Disk, KekProvider> token(Path kek, String label) {
    SoftHsm token = SoftHsm.require();
    return disk -> {
      try (KekSecret pin = SoftHsm.pin()) {
        return KekProviders.open(token.settings(kek, label), pin, disk, new SecureRandom());
      }
    };
  }

  private StripRig rig(Function<Disk, KekProvider> provider) {
    return new StripRig(directory.resolve("data"), StripRig.NOW, Optional::empty, provider);
  }

  private static void apply(StripRig rig) {
    rig.send(new Traffic(1, 50).records);
    rig.pump();
  }

  /** Goes on to the deadline and beyond, and reads what was certified. */
  private static ErasureCertificate stripped(StripRig rig) {
    rig.moveTo(StripRig.DEADLINE);
    rig.settle();
    assertThat(rig.stage(StripRig.MONTH)).isEqualTo(Stage.ARCHIVED);
    assertThat(rig.keys.destroyed(StripRig.MONTH)).isTrue();
    CertificateStore.Certificate one =
        rig.certificates.find(StripRig.MONTH, ErasureCertificate.Kind.STRIP).orElseThrow();
    ErasureCertificate certificate =
        ErasureCertificate.parse(CmsCheck.verify(one.cms(), null).content());
    assertThat(certificate.kek()).hasValueSatisfying(kek -> assertThat(kek.to()).isNotBlank());
    return certificate;
  }

  @Test
  void shouldBeLogicalBehindAPassphrase() {
    try (StripRig rig = rig(passphrase(kek()))) {
      apply(rig);
      assertThat(stripped(rig).key().erasure()).isEqualTo(Erasure.LOGICAL);
    }
  }

  @Test
  void shouldBeHardwareInAToken() {
    try (StripRig rig = rig(token(kek(), "strip-plain"))) {
      // given
      apply(rig);
      // when
      ErasureCertificate certificate = stripped(rig);
      // then
      assertThat(certificate.key().erasure()).isEqualTo(Erasure.HARDWARE);
      assertThat(certificate.key().meaning()).startsWith("hardware: ");
      assertThat(SoftHsm.require().keys("strip-plain"))
          .containsExactly("strip-plain-" + certificate.kek().orElseThrow().to());
    }
  }

  @Test
  void shouldBeLogicalWhereABackupLiesInFiles() {
    try (StripRig rig = rig(token(kek(), "strip-backup"))) {
      apply(rig);
      rig.backups.add(
          new KeyBackups.Backup("b", directory.resolve("backup"), directory.resolve("bk")));
      assertThat(stripped(rig).key().erasure()).isEqualTo(Erasure.LOGICAL);
    }
  }

  @Test
  void shouldBeLogicalWhereAFileOnceHadTheKey() {
    // given
    Function<Disk, KekProvider> token = token(kek(), "strip-moved");
    try (StripRig rig = rig(file(kek()))) {
      apply(rig);
    }
    // when
    try (StripRig rig = rig(token)) {
      // then
      assertThat(stripped(rig).key().erasure()).isEqualTo(Erasure.LOGICAL);
    }
  }
}
