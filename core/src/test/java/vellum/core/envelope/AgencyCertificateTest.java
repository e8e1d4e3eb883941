package vellum.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.crypto.DevelopmentAuthority;
import vellum.core.crypto.DevelopmentAuthority.Issued;

final class AgencyCertificateTest {

  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;

  @Test
  void shouldBeTakenOnTheEdgesOfItsTimeAndNotBeyond() {
    // given
    String pem = DevelopmentAgency.make(DevelopmentAgency.Key.P_256, MADE, RANDOM).certificate();
    // when, then
    assertThat(AgencyCertificate.of(pem, MADE).notAfter()).isEqualTo(END);
    assertThat(AgencyCertificate.of(pem, END).subject()).isEqualTo("CN=Vellum development agency");
    assertThatThrownBy(() -> AgencyCertificate.of(pem, END.plus(Duration.ofSeconds(1))))
        .isInstanceOf(EnvelopeException.CertificateExpired.class)
        .hasMessageContaining("2027-01-01T00:00:00Z");
    assertThatThrownBy(() -> AgencyCertificate.of(pem, MADE.minusSeconds(1)))
        .isInstanceOf(EnvelopeException.CertificateNotYetValid.class)
        .satisfies(
            e -> assertThat(((EnvelopeException) e).code()).isEqualTo("CERTIFICATE_NOT_YET_VALID"));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa:2048,              sha256, 3072",
    "rsa:3072,              sha1,   SHA1",
    "ec:secp224r1,          sha256, 256",
    "ec:prime256v1,         sha1,   SHA1"
  })
  void shouldRefuseWhatIsWeak(String key, String digest, String named) throws Exception {
    // given
    String pem = made(key, digest, "");
    // when, then
    assertThatThrownBy(() -> AgencyCertificate.of(pem, Instant.parse("2026-12-01T00:00:00Z")))
        .isInstanceOf(EnvelopeException.CertificateWeak.class)
        .hasMessageContaining(named)
        .satisfies(e -> assertThat(((EnvelopeException) e).code()).isEqualTo("CERTIFICATE_WEAK"));
  }

  @ParameterizedTest
  @CsvSource({"rsa:3072, sha256", "ec:secp521r1, sha512", "ec:brainpoolP256r1, sha256"})
  void shouldTakeWhatOthersMake(String key, String digest) throws Exception {
    // given
    String pem = made(key, digest, "");
    // when
    AgencyCertificate certificate = AgencyCertificate.of(pem, now(pem));
    byte[] sealed = new CmsEnvelope(certificate, RANDOM).seal(new byte[] {42});
    // then
    String own = Files.readString(directory.resolve("key.pem"));
    assertThat(CmsOpener.open(sealed, AgencyKey.of(own), 1)).containsExactly(42);
  }

  @Test
  void shouldRefuseAKeyForSomethingElse() throws Exception {
    // given
    String pem = made("rsa:3072", "sha256", "keyUsage=critical,digitalSignature");
    // when, then
    assertThatThrownBy(() -> AgencyCertificate.of(pem, Instant.parse("2026-12-01T00:00:00Z")))
        .isInstanceOf(EnvelopeException.CertificateUnfit.class)
        .hasMessageContaining("keyEncipherment");
    String signer =
        DevelopmentAuthority.make(MADE, RANDOM)
            .client("a", java.util.List.of("a.example.com"))
            .certificate();
    assertThatThrownBy(() -> AgencyCertificate.of(signer, MADE))
        .isInstanceOf(EnvelopeException.CertificateUnfit.class)
        .hasMessageContaining("keyAgreement");
  }

  @Test
  void shouldRefuseWhatIsNoCertificate() {
    Issued agency = DevelopmentAgency.make(DevelopmentAgency.Key.P_256, MADE, RANDOM);
    for (String pem :
        new String[] {
          "",
          "hello",
          agency.key(),
          agency.certificate() + agency.certificate(),
          agency.certificate().replace('M', 'N')
        }) {
      assertThatThrownBy(() -> AgencyCertificate.of(pem, MADE))
          .isInstanceOf(EnvelopeException.BadCertificate.class);
      if (!pem.equals(agency.key())) {
        assertThatThrownBy(() -> AgencyKey.of(pem)).isInstanceOf(EnvelopeException.BadKey.class);
      }
    }
  }

  /** Of openssl, so that it is not our own writing that is read. */
  private String made(String key, String digest, String extension) throws Exception {
    Assumptions.assumeTrue(Openssl.isThere(), Openssl.MISSING);
    String algorithm =
        key.startsWith("ec:") ? "ec -pkeyopt ec_paramgen_curve:" + key.substring(3) : key;
    String line =
        "req -x509 -nodes -newkey "
            + algorithm
            + " -keyout key.pem -out cert.pem -days 3650 -subj /CN=agency -"
            + digest
            + (extension.isEmpty() ? "" : " -addext " + extension);
    Openssl.Result result = new Openssl(directory).run(line.split(" "));
    assertThat(result.exit()).as(result.text()).isZero();
    return Files.readString(directory.resolve("cert.pem"));
  }

  /** An instant at which a certificate of openssl is valid, which goes by the machine's clock. */
  private static Instant now(String pem) throws Exception {
    return ((java.security.cert.X509Certificate)
            java.security.cert.CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new java.io.ByteArrayInputStream(
                        pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
        .getNotBefore()
        .toInstant();
  }
}
