package vellum.core.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.crypto.RingFixture.NOVEMBER;
import static vellum.core.crypto.RingFixture.NOW;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.FailingDisk.Failure;
import vellum.core.crypto.FailingDisk.Killed;
import vellum.core.disk.RealDisk;

final class SigningKeyTest {

  private static final byte[] CONTENT = "{\"kind\": \"STRIP\"}\n".getBytes(UTF_8);

  @TempDir private Path directory;
  private SigningFixture fixture;
  private Path file;

  @BeforeEach
  void place() {
    fixture = new SigningFixture(directory);
    file = fixture.keys.resolve("certificates.signing");
  }

  @Test
  void shouldMakeACertificateOfTheInstallationOnTheFirstStart() throws Exception {
    // when
    SigningKey key = fixture.signing(NOW);
    // then
    X509Certificate certificate = x509(key.certificatePem());
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName())
        .contains("CN=Vellum erasure certificates")
        .contains(HexFormat.of().formatHex(SigningFixture.INCARNATION.getBytes(US_ASCII)));
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(certificate.getKeyUsage())
        .containsExactly(true, false, false, false, false, false, false, false, false);
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW);
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2046-11-05T10:00:00Z"));
    assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(159);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldBeTheSameKeyAfterARestart() {
    // given
    SigningKey key = fixture.signing(NOW);
    // when
    SigningKey again = fixture.signing(NOW.plusSeconds(3600));
    // then
    assertThat(again.certificatePem()).isEqualTo(key.certificatePem());
    assertThat(again.fingerprint()).isEqualTo(key.fingerprint());
    assertThat(CmsCheck.verify(again.sign(CONTENT), key.certificatePem()).signedAt())
        .isEqualTo(NOW.plusSeconds(3600));
  }

  @Test
  void shouldWriteTimesAfter2049() {
    // given
    Instant late = Instant.parse("2061-03-01T00:00:00Z");
    SigningKey key = fixture.signing(late);
    // when
    CmsCheck.Verified verified = CmsCheck.verify(key.sign(CONTENT), key.certificatePem());
    // then
    assertThat(verified.signedAt()).isEqualTo(late);
  }

  @Test
  void shouldLieAmongTheMonthsKeys() {
    // given
    fixture.signing(NOW);
    List<KeyEncryption> encryptions = fixture.files(new RealDisk()).encryptions();
    // when
    KeyRing ring = fixture.ring(encryptions, new RealDisk());
    ring.key(NOVEMBER);
    // then
    assertThat(fixture.ring(encryptions, new RealDisk()).alive()).containsExactly(NOVEMBER);
    assertThat(file).exists();
  }

  @Test
  void shouldRefuseAFlippedBitInEveryByteOfItsFile() throws IOException {
    // given
    fixture.signing(NOW);
    List<KeyEncryption> encryptions = fixture.files(new RealDisk()).encryptions();
    byte[] text = Files.readAllBytes(file);
    for (int at = 0; at < text.length; at++) {
      byte[] altered = text.clone();
      altered[at] ^= (byte) (1 << at % 8);
      Files.write(file, altered);
      // when, then
      assertThatThrownBy(() -> fixture.signing(encryptions, new RealDisk()))
          .as("byte %d", at)
          .isInstanceOfAny(CryptoException.KeyUnreadable.class, CryptoException.KeyTooNew.class)
          .hasMessageContaining("certificates.signing");
    }
  }

  @Test
  void shouldRefuseTheCertificateOfAnotherKey() throws IOException {
    // given: the other installation's certificate, in a file made as if it were whole
    fixture.signing(NOW);
    SigningFixture other = new SigningFixture(Files.createDirectory(directory.resolve("other")));
    other.signing(NOW);
    SigningFile.Kind kind = SigningFile.Kind.CERTIFICATES;
    SigningFile ours = SigningFile.read(kind, file);
    SigningFile theirs = SigningFile.read(kind, other.keys.resolve("certificates.signing"));
    SigningFile mixed =
        new SigningFile(kind, ours.key(), ours.kek(), ours.wrapped(), theirs.published());
    // when
    Files.write(file, mixed.text());
    // then
    assertThatThrownBy(() -> fixture.signing(NOW))
        .isInstanceOf(CryptoException.KeyUnreadable.class)
        .hasMessageContaining("another key");
  }

  @Test
  void shouldSayWhichKeyEncryptionKeyIsMissing() throws IOException {
    // given
    fixture.signing(NOW);
    String id = fixture.files(new RealDisk()).current().id();
    Files.delete(fixture.kek);
    List<KeyEncryption> other = fixture.files(new RealDisk()).encryptions();
    // when, then
    assertThatThrownBy(() -> fixture.signing(other, new RealDisk()))
        .isInstanceOf(CryptoException.KeyEncryptionMissing.class)
        .hasMessageContaining(id);
  }

  @Test
  void shouldBeMadeAtTheNextStartWhenTheFirstWasCutShort() {
    // given
    List<KeyEncryption> encryptions = fixture.files(new RealDisk()).encryptions();
    fixture.ring(encryptions, new RealDisk());
    FailingDisk disk = new FailingDisk(Failure.KILLED_BEFORE, 2);
    assertThatThrownBy(() -> fixture.signing(encryptions, disk)).isInstanceOf(Killed.class);
    // when
    fixture.ring(encryptions, new RealDisk());
    SigningKey key = fixture.signing(encryptions, new RealDisk());
    // then
    assertThat(CmsCheck.verify(key.sign(CONTENT), key.certificatePem()).content())
        .isEqualTo(CONTENT);
    assertThat(file.resolveSibling("certificates.signing.tmp")).doesNotExist();
  }

  private static X509Certificate x509(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }
}
