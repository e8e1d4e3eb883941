package vellum.core.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.crypto.RingFixture.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.record.Pem;

final class CmsCheckTest {

  private static final byte[] CONTENT = "what was erased\n".getBytes(UTF_8);

  @TempDir private Path directory;
  private SigningKey key;
  private byte[] der;

  @BeforeEach
  void sign() {
    key = new SigningFixture(directory).signing(NOW);
    der = key.sign(CONTENT);
  }

  @Test
  void shouldReadWhatWasSigned() {
    for (byte[] message : new byte[][] {der, pem(der)}) {
      // when
      CmsCheck.Verified verified = CmsCheck.verify(message, key.certificatePem());
      // then
      assertThat(verified.content()).isEqualTo(CONTENT);
      assertThat(verified.signer())
          .contains("CN=Vellum erasure certificates")
          .contains(SigningFixture.INCARNATION);
      assertThat(verified.fingerprint()).isEqualTo(key.fingerprint());
      assertThat(verified.signedAt()).isEqualTo(NOW);
      assertThat(verified.trusted()).isTrue();
      assertThat(CmsCheck.verify(message, null).trusted()).isFalse();
    }
  }

  @Test
  void shouldRefuseEveryFlippedBit() {
    for (int bit = 0; bit < der.length * 8; bit++) {
      byte[] altered = der.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> CmsCheck.verify(altered, null))
          .as("bit %d", bit)
          .isInstanceOf(CmsException.class);
    }
  }

  @Test
  void shouldRefuseEveryCutAndWhatIsBehindTheEnd() {
    for (int length = 0; length <= der.length + 1; length++) {
      if (length != der.length) {
        byte[] cut = Arrays.copyOf(der, length);
        assertThatThrownBy(() -> CmsCheck.verify(cut, null))
            .as("%d bytes", cut.length)
            .isInstanceOf(CmsException.NotCms.class);
      }
    }
  }

  @Test
  void shouldNameChangedContent() {
    // given
    byte[] altered = der.clone();
    altered[indexOf(der, CONTENT)] ^= 1;
    // when, then
    assertThatThrownBy(() -> CmsCheck.verify(altered, key.certificatePem()))
        .isInstanceOf(CmsException.ContentChanged.class);
  }

  @Test
  void shouldNameABrokenSignature() {
    // given: the signature is the last value of a message without unsigned attributes
    byte[] altered = der.clone();
    altered[der.length - 1] ^= 1;
    // when, then
    assertThatThrownBy(() -> CmsCheck.verify(altered, key.certificatePem()))
        .isInstanceOf(CmsException.SignatureBroken.class);
  }

  @Test
  void shouldNameAnotherSigner() throws IOException {
    // given
    Path elsewhere = Files.createDirectory(directory.resolve("other"));
    SigningKey other = new SigningFixture(elsewhere).signing(NOW);
    // when, then
    assertThatThrownBy(() -> CmsCheck.verify(der, other.certificatePem()))
        .isInstanceOf(CmsException.OtherSigner.class)
        .hasMessageContaining(key.fingerprint())
        .hasMessageContaining(other.fingerprint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "0",
        "-----BEGIN CMS-----\n-----END CMS-----\n",
        "-----BEGIN CMS-----\n%%%%\n-----END CMS-----\n",
        "-----END CMS-----\n-----BEGIN CMS-----\n"
      })
  void shouldNameWhatIsNoCms(String text) {
    assertThatThrownBy(() -> CmsCheck.verify(text.getBytes(UTF_8), null))
        .isInstanceOf(CmsException.NotCms.class);
  }

  @Test
  void shouldRefuseWhatIsTooLong() {
    assertThatThrownBy(() -> CmsCheck.verify(new byte[CmsCheck.MAX_BYTES + 1], null))
        .isInstanceOf(CmsException.NotCms.class)
        .hasMessageContaining("16777217");
  }

  @Test
  void shouldNameABadTrustedCertificate() {
    assertThatThrownBy(() -> CmsCheck.verify(der, "certificate"))
        .isInstanceOf(CmsException.BadCertificate.class);
  }

  private static byte[] pem(byte[] der) {
    return Pem.cms(der).getBytes(US_ASCII);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("the content is not in the message");
  }
}
