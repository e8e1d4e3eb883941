package vellum.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.crypto.DevelopmentAuthority.Issued;

final class CmsEnvelopeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  /** Before the clock of any machine that runs this. */
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] CONTENT = "who called whom\n".getBytes(UTF_8);

  @TempDir private Path directory;

  private static byte[] sealed(Recipient to, byte[] content) {
    return new CmsEnvelope(to, RANDOM).seal(content);
  }

  @ParameterizedTest
  @EnumSource(DevelopmentAgency.Key.class)
  void shouldOpenWithTheAgencysKeyOnly(DevelopmentAgency.Key kind) {
    // given
    Issued agency = DevelopmentAgency.make(kind, MADE, RANDOM);
    Issued other = DevelopmentAgency.make(kind, MADE, RANDOM);
    byte[] sealed = sealed(AgencyCertificate.of(agency.certificate(), NOW), CONTENT);
    // when, then
    assertThat(CmsOpener.open(sealed, AgencyKey.of(agency.key()), 100)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> CmsOpener.open(sealed, AgencyKey.of(other.key()), 100))
        .isInstanceOf(EnvelopeException.OtherReceiver.class);
    assertThatThrownBy(() -> CmsOpener.open(sealed, Passphrase.make(RANDOM), 100))
        .isInstanceOf(EnvelopeException.OtherReceiver.class);
  }

  @Test
  void shouldOpenWithThePassphraseOnly() {
    // given
    Passphrase passphrase = Passphrase.make(RANDOM);
    byte[] sealed = sealed(passphrase, CONTENT);
    // when, then
    Passphrase typed = Passphrase.of(passphrase.reveal());
    assertThat(CmsOpener.open(sealed, typed, 100)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> CmsOpener.open(sealed, Passphrase.make(RANDOM), 100))
        .isInstanceOf(EnvelopeException.OtherReceiver.class);
    assertThat(passphrase.toString()).doesNotContain(passphrase.reveal());
  }

  @ParameterizedTest
  @EnumSource(DevelopmentAgency.Key.class)
  void shouldBeOpenedByOpenssl(DevelopmentAgency.Key kind) throws Exception {
    // given
    assumeTrue(Openssl.isThere(), Openssl.MISSING);
    Issued agency = DevelopmentAgency.make(kind, MADE, RANDOM);
    Files.writeString(directory.resolve("agency.pem"), agency.certificate());
    Files.writeString(directory.resolve("agency.key"), agency.key());
    byte[] large = large();
    Files.write(
        directory.resolve("in.p7m"),
        sealed(AgencyCertificate.of(agency.certificate(), NOW), large));
    // when
    Openssl.Result result =
        new Openssl(directory)
            .run(
                ("cms -decrypt -binary -inform DER -in in.p7m -recip agency.pem -inkey agency.key"
                        + " -out out")
                    .split(" "));
    // then
    assertThat(result.text()).isEmpty();
    assertThat(directory.resolve("out")).hasBinaryContent(large);
  }

  @Test
  void shouldBeOpenedByOpensslWithThePassphrase() throws Exception {
    // given
    assumeTrue(Openssl.isThere(), Openssl.MISSING);
    Passphrase passphrase = Passphrase.make(RANDOM);
    byte[] large = large();
    Files.write(directory.resolve("in.p7m"), sealed(passphrase, large));
    // when
    Openssl.Result result =
        new Openssl(directory)
            .run(
                ("cms -decrypt -binary -inform DER -in in.p7m -out out -pwri_password "
                        + passphrase.reveal())
                    .split(" "));
    // then
    assertThat(result.text()).isEmpty();
    assertThat(directory.resolve("out")).hasBinaryContent(large);
  }

  @Test
  void shouldNeverGiveAnotherContentForAFlippedBit() {
    // given
    Issued agency = DevelopmentAgency.make(DevelopmentAgency.Key.P_256, MADE, RANDOM);
    AgencyKey key = AgencyKey.of(agency.key());
    byte[] sealed = sealed(AgencyCertificate.of(agency.certificate(), NOW), CONTENT);
    int refused = 0;
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      // when, then: of the structure around content and tag, some bits say nothing to us
      try {
        assertThat(CmsOpener.open(altered, key, 100)).as("bit %d", bit).isEqualTo(CONTENT);
      } catch (EnvelopeException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan((CONTENT.length + 16) * 8);
  }

  @Test
  void shouldFindEveryCut() {
    // given
    Issued agency = DevelopmentAgency.make(DevelopmentAgency.Key.P_256, MADE, RANDOM);
    AgencyKey key = AgencyKey.of(agency.key());
    byte[] sealed = sealed(AgencyCertificate.of(agency.certificate(), NOW), CONTENT);
    for (int length = 0; length < sealed.length - 6; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      // when, then
      assertThatThrownBy(() -> CmsOpener.open(cut, key, 100))
          .as("%d of %d bytes", length, sealed.length)
          .isInstanceOf(EnvelopeException.class);
    }
    byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
    assertThatThrownBy(() -> CmsOpener.open(longer, key, 100))
        .isInstanceOf(EnvelopeException.NotEnvelope.class);
  }

  @Test
  void shouldNeverHoldTheContentInClear() {
    // given
    Passphrase passphrase = Passphrase.make(RANDOM);
    // when
    byte[] sealed = sealed(passphrase, "canary +491701234567".getBytes(UTF_8));
    // then
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("canary")
        .doesNotContain(passphrase.reveal());
  }

  @Test
  void shouldSealAndOpenAsAStreamInPiecesOfAnySize() throws IOException {
    // given
    Issued agency = DevelopmentAgency.make(DevelopmentAgency.Key.P_384, MADE, RANDOM);
    byte[] content = large();
    Random sizes = new Random(7);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    // when
    try (OutputStream in =
        new CmsEnvelope(AgencyCertificate.of(agency.certificate(), NOW), RANDOM).seal(sealed)) {
      for (int at = 0; at < content.length; ) {
        int size = Math.min(content.length - at, 1 + sizes.nextInt(40_000));
        in.write(content, at, size);
        at += size;
      }
    }
    ByteArrayOutputStream opened = new ByteArrayOutputStream();
    try (InputStream in = new java.io.ByteArrayInputStream(sealed.toByteArray())) {
      CmsOpener.open(in, AgencyKey.of(agency.key()), opened);
    }
    // then
    assertThat(opened.toByteArray()).isEqualTo(content);
  }

  @Test
  void shouldRefuseMoreThanIsAskedFor() {
    // given
    Passphrase passphrase = Passphrase.make(RANDOM);
    byte[] sealed = sealed(passphrase, CONTENT);
    // when, then
    assertThatThrownBy(() -> CmsOpener.open(sealed, passphrase, CONTENT.length - 1))
        .isInstanceOf(EnvelopeException.NotEnvelope.class)
        .hasMessageContaining("more than 15 bytes");
  }

  private static byte[] large() {
    byte[] large = new byte[300_001];
    new Random(3).nextBytes(large);
    return large;
  }
}
