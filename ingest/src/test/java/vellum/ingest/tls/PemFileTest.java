package vellum.ingest.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of files that are not what they should be, and the forms of keys that are read. */
final class PemFileTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path directory;
  private Certificates certificates;
  private Certificates.Pair pair;

  @BeforeEach
  void make() {
    certificates = Certificates.in(directory.resolve("one"), NOW.minus(1, ChronoUnit.DAYS));
    pair = certificates.server();
  }

  private static TlsIdentity identity(Path certificate, Path key) {
    return TlsIdentity.of(PemFile.read(certificate), PemFile.read(key), NOW);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("file.pem"), text);
  }

  @Test
  void shouldReadACertificateAndItsKey() {
    TlsIdentity identity = identity(pair.certificate(), pair.key());

    assertThat(identity.chain()).hasSize(1);
    assertThat(identity.expiresAt()).isEqualTo("2027-11-21T12:00:00Z");
    assertThat(identity.toString()).doesNotContain("BigInteger").contains("2027-11-21");
  }

  @Test
  void shouldReadAChainAndKeyOutOfOneFileWithTextAroundThem() throws IOException {
    // given
    Path all =
        file(
            "# the server's\n"
                + Files.readString(pair.key())
                + "\nsubject=CN = x\n"
                + Files.readString(pair.certificate())
                + Files.readString(certificates.ca()));

    // when
    TlsIdentity identity = identity(all, all);

    // then
    assertThat(identity.chain()).hasSize(2);
  }

  @Test
  void shouldReadTheOlderFormsOfKeys() throws Exception {
    // given
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    PrivateKey key = rsa.generateKeyPair().getPrivate();
    byte[] pkcs1 =
        PrivateKeyInfo.getInstance(key.getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    ECPrivateKey ec = (ECPrivateKey) PemFile.read(pair.key()).key();
    BigInteger scalar = ec.getS();
    byte[] sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, scalar, SECObjectIdentifiers.secp256r1)
            .getEncoded();

    // then
    assertThat(PemFile.read(file(pem("RSA PRIVATE KEY", pkcs1))).key()).isEqualTo(key);
    assertThat(PemFile.read(file(pem("PRIVATE KEY", key.getEncoded()))).key()).isEqualTo(key);
    Path old = file(pem("EC PRIVATE KEY", sec1));
    assertThat(((ECPrivateKey) PemFile.read(old).key()).getS()).isEqualTo(scalar);
    assertThat(identity(pair.certificate(), old).chain()).hasSize(1);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  @Test
  void shouldNameTheFileThatIsNotThere() {
    assertThatThrownBy(() -> PemFile.read(directory.resolve("none.pem")))
        .isInstanceOf(TlsException.Unreadable.class)
        .hasMessageEndingWith("none.pem cannot be read: there is no such file");
  }

  @Test
  void shouldNameAFileThatHoldsSomethingElse() throws IOException {
    assertThatThrownBy(() -> identity(file("hello"), pair.key()))
        .isInstanceOf(TlsException.BadPem.class)
        .hasMessageContaining("file.pem holds no certificate");
    assertThatThrownBy(() -> identity(pair.key(), pair.key()))
        .hasMessageContaining("server.key holds no certificate");
    assertThatThrownBy(() -> identity(pair.certificate(), pair.certificate()))
        .isInstanceOf(TlsException.BadPem.class)
        .hasMessageContaining("server.pem holds no key");
    assertThatThrownBy(
            () -> identity(pair.certificate(), file(pem("ENCRYPTED PRIVATE KEY", new byte[40]))))
        .hasMessageContaining("holds an encrypted key");
  }

  @Test
  void shouldNameADamagedFile() throws IOException {
    // given
    String certificate = Files.readString(pair.certificate());
    String key = Files.readString(pair.key());
    int middle = certificate.length() / 2;

    // then
    assertThatThrownBy(
            () ->
                identity(
                    file(certificate.substring(0, middle) + certificate.substring(middle + 8)),
                    pair.key()))
        .isInstanceOf(TlsException.BadPem.class)
        .hasMessageContaining("damaged in its certificate 1");
    assertThatThrownBy(() -> identity(file(certificate.substring(0, middle)), pair.key()))
        .hasMessageContaining("holds no certificate");
    assertThatThrownBy(
            () ->
                identity(
                    pair.certificate(),
                    file(key.replaceFirst("(?s)KEY-----\n.{40}", "KEY-----\n"))))
        .isInstanceOf(TlsException.BadPem.class)
        .hasMessageContaining("holds a damaged key")
        .hasMessageNotContaining(key.substring(30, 60));
    for (String label : new String[] {"EC PRIVATE KEY", "RSA PRIVATE KEY"}) {
      for (int length = 0; length < 40; length++) {
        byte[] cut = new byte[length];
        java.util.Arrays.fill(cut, (byte) 0x30);
        Path bad = file(pem(label, cut));
        assertThatThrownBy(() -> PemFile.read(bad).key())
            .isInstanceOf(TlsException.BadPem.class)
            .hasMessageContaining("holds a damaged key");
      }
    }
  }

  @Test
  void shouldNameAKeyOfAnotherCertificate() {
    Certificates.Pair other = Certificates.in(directory.resolve("other")).server();

    assertThatThrownBy(() -> identity(pair.certificate(), other.key()))
        .isInstanceOf(TlsException.KeyMismatch.class)
        .hasMessageContaining("other/server.key is not the key of the first certificate in")
        .hasMessageEndingWith("one/server.pem");
  }

  @Test
  void shouldNameACertificateOutOfItsTime() {
    Certificates.Pair old =
        Certificates.in(directory.resolve("old"), NOW.minus(366, ChronoUnit.DAYS)).server();
    Certificates.Pair early =
        Certificates.in(directory.resolve("early"), NOW.plus(1, ChronoUnit.DAYS)).server();

    assertThatThrownBy(() -> identity(old.certificate(), old.key()))
        .isInstanceOf(TlsException.Expired.class)
        .hasMessageContaining("old/server.pem expired at 2026-11-21T12:00:00Z");
    assertThatThrownBy(() -> identity(early.certificate(), early.key()))
        .isInstanceOf(TlsException.NotYetValid.class)
        .hasMessageContaining("valid from 2026-11-23T12:00:00Z only");
  }

  @Test
  void shouldRefuseSettingsThatDoNotGoTogether() {
    Path none = Path.of("");
    assertThatThrownBy(() -> tls(pair.certificate(), none, none, ClientCertificates.NONE))
        .hasMessageStartingWith("certificate must not stand alone");
    assertThatThrownBy(() -> tls(none, pair.key(), none, ClientCertificates.NONE))
        .hasMessageStartingWith("key must not stand alone");
    assertThatThrownBy(() -> tls(pair.certificate(), pair.key(), none, ClientCertificates.REQUIRED))
        .hasMessageStartingWith("ingestClients must be none as long as tls.client_ca");
    assertThatThrownBy(() -> tls(none, none, certificates.ca(), ClientCertificates.NONE))
        .hasMessageStartingWith("clientCa must be empty as long as there is no certificate");
    assertThat(tls(none, none, none, ClientCertificates.NONE).isOn()).isFalse();
  }

  private static TlsConfig tls(Path certificate, Path key, Path ca, ClientCertificates clients) {
    return new TlsConfig(
        certificate, key, ca, clients, ClientCertificates.NONE, TlsConfig.defaults().reloadEvery());
  }
}
