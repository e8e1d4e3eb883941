package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.MonthId;

final class DocumentCipherTest {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final MonthId CASE = MonthId.caseKey(MONTH, "4f7k2q9m");
  private static final byte[] TEXT = bytes("{\"number\":\"+4915112345678\"}");
  private static final byte[] PLACE = bytes("case 1");

  @TempDir private Path directory;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldOpenWhatItSealedAndNothingElse() {
    KeyRing ring = new RingFixture(directory).open();
    DocumentCipher cipher = ring.key(CASE).newDocumentCipher();
    byte[] sealed = cipher.seal(TEXT, PLACE);

    assertThat(cipher.open(sealed, PLACE)).isEqualTo(TEXT);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("49151");
    assertThatThrownBy(() -> cipher.open(sealed, bytes("case 2")))
        .isInstanceOf(CryptoException.SealBroken.class);
    DocumentCipher other = ring.key(MonthId.trail(MONTH)).newDocumentCipher();
    assertThatThrownBy(() -> other.open(sealed, PLACE))
        .isInstanceOf(CryptoException.SealBroken.class);
    for (int at = 0; at < sealed.length; at++) {
      byte[] broken = sealed.clone();
      broken[at] ^= 1;
      assertThatThrownBy(() -> cipher.open(broken, PLACE))
          .isInstanceOf(CryptoException.SealBroken.class);
    }
    assertThatThrownBy(() -> cipher.open(new byte[15], PLACE))
        .isInstanceOf(CryptoException.SealBroken.class);
  }

  @Test
  void shouldHideLengthsWithinSteps() {
    DocumentCipher cipher = new RingFixture(directory).open().key(CASE).newDocumentCipher();
    for (int length : new int[] {0, 1, 254, 255}) {
      assertThat(cipher.seal(new byte[length], PLACE)).hasSize(16 + 256);
    }
    for (int length : new int[] {256, 511}) {
      assertThat(cipher.seal(new byte[length], PLACE)).hasSize(16 + 512);
      assertThat(cipher.open(cipher.seal(new byte[length], PLACE), PLACE)).hasSize(length);
    }
  }

  @Test
  void shouldDoNothingOnceTheKeyIsDestroyed() {
    KeyRing ring = new RingFixture(directory).open();
    DocumentCipher cipher = ring.key(CASE).newDocumentCipher();
    byte[] sealed = cipher.seal(TEXT, PLACE);

    ring.destroy(CASE, RingFixture.LATER);

    assertThatThrownBy(() -> cipher.open(sealed, PLACE))
        .isInstanceOf(CryptoException.KeyDestroyed.class);
    assertThatThrownBy(() -> cipher.seal(TEXT, PLACE))
        .isInstanceOf(CryptoException.KeyDestroyed.class);
  }

  @Test
  void shouldSealNoDocumentsUnderAMonthsKey() {
    KeyRing ring = new RingFixture(directory).open();
    assertThatThrownBy(() -> ring.key(RingFixture.NOVEMBER).newDocumentCipher())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldSealAsFormatOneAlwaysDid() {
    byte[] secret = new byte[MonthKey.SECRET_BYTES];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) i;
    }
    byte[] sealed = new MonthKey(CASE, "00", secret).newDocumentCipher().seal(TEXT, PLACE);
    assertThat(HexFormat.of().formatHex(sealed, 0, 32))
        .isEqualTo("958d032f2479cf71c209fc1dd185853a41163a01583b32f9d4b89b9df7c612c0");
  }
}
