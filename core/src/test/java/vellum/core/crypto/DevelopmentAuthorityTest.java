package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vellum.core.record.Pem;

/** What the authority issues, judged by Java's own X.509. */
final class DevelopmentAuthorityTest {

  private static final Instant FROM = Instant.parse("2024-02-29T12:34:56.789Z");
  private static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";

  private final DevelopmentAuthority authority =
      DevelopmentAuthority.make(FROM, new SecureRandom());

  private static X509Certificate read(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void shouldIssueAServersCertificateThatItsAuthorityVouchesFor() throws Exception {
    // given
    X509Certificate ca = read(authority.certificate());

    // when
    DevelopmentAuthority.Issued issued =
        authority.server(List.of("vellum.example.com", "10.0.0.5", "::1"));

    // then
    X509Certificate server = read(issued.certificate());
    validate(server, ca);
    assertThat(ca.getBasicConstraints()).isZero();
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_USE);
    assertThat(server.getSubjectAlternativeNames().toString())
        .isEqualTo("[[2, vellum.example.com], [7, 10.0.0.5], [7, 0:0:0:0:0:0:0:1]]");
    assertThat(isKeyOf(issued.key(), server)).isTrue();
    assertThat(issued.toString()).doesNotContain("BEGIN");
  }

  @Test
  void shouldIssueClientsWithNamesOfTheirOwn() throws Exception {
    // when
    DevelopmentAuthority.Issued issued =
        authority.client("gateway", List.of("gw.example.com", "spiffe://example.com/gw"));

    // then
    X509Certificate client = read(issued.certificate());
    validate(client, read(authority.certificate()));
    assertThat(client.getExtendedKeyUsage()).containsExactly(CLIENT_USE);
    assertThat(client.getSubjectAlternativeNames().toString())
        .isEqualTo("[[2, gw.example.com], [6, spiffe://example.com/gw]]");
  }

  @Test
  void shouldBeValidForAYearToTheSecond() throws Exception {
    X509Certificate server = read(authority.server(List.of("a")).certificate());

    assertThat(server.getNotBefore().toInstant()).isEqualTo("2024-02-29T12:34:56Z");
    assertThat(server.getNotAfter().toInstant()).isEqualTo("2025-02-28T12:34:56Z");
  }

  @Test
  void shouldGiveEachItsOwnKeyAndNumber() throws Exception {
    X509Certificate one = read(authority.server(List.of("a")).certificate());
    X509Certificate other = read(authority.server(List.of("a")).certificate());

    assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
    assertThat(one.getSerialNumber()).isNotEqualTo(other.getSerialNumber());
  }

  @Test
  void shouldNotVouchForAnothersCertificate() throws Exception {
    DevelopmentAuthority other = DevelopmentAuthority.make(FROM, new SecureRandom());
    X509Certificate server = read(other.server(List.of("a")).certificate());

    assertThatThrownBy(() -> server.verify(read(authority.certificate()).getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void shouldRefuseNamesThatAreNone() {
    assertThatThrownBy(() -> authority.server(List.of("a b")))
        .hasMessageContaining("1 to 255 ASCII characters");
    assertThatThrownBy(() -> authority.client("c", List.of()))
        .hasMessageContaining("1 to 64 names: 0");
  }

  private static void validate(X509Certificate leaf, X509Certificate ca) throws Exception {
    PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    trust.setRevocationEnabled(false);
    trust.setDate(Date.from(FROM.plusSeconds(60)));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509")
                .generateCertPath(Collections.singletonList(leaf)),
            trust);
  }

  private static boolean isKeyOf(String pem, X509Certificate certificate) throws Exception {
    byte[] der = Pem.first(Pem.PRIVATE_KEY, pem.getBytes(StandardCharsets.US_ASCII)).orElseThrow();
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    return signature.verify(signed);
  }
}
