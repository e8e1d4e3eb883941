package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;

final class MonthCipherSealTest {

  private static final long SEED = 2026_11;
  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final byte[] SECRET = secret(1);
  private static final long ACCOUNT = 0x1122_3344_5566_7788L;
  private static final long ID_HIGH = 0x0193_0000_0000_7abcL;
  private static final long ID_LOW = 0x8000_0000_0000_0001L;
  private static final byte[] NUMBER = "+4915112345678".getBytes(StandardCharsets.US_ASCII);

  private final MonthKey key = new MonthKey(MONTH, "k", SECRET);
  private final MonthCipher cipher = key.newCipher();

  @ParameterizedTest
  @EnumSource(IdentityClass.class)
  void shouldSealAsPlainAesSivDoes(IdentityClass c) {
    // given
    Random random = new Random(SEED);
    AesSiv siv = new AesSiv(SubKeys.of(MONTH, SECRET).seal());
    byte[] plain = new byte[MonthCipher.MAX_PLAIN_BYTES + 7];
    byte[] out = new byte[2048];
    byte[] opened = new byte[2048];
    for (int length = 0; length <= MonthCipher.MAX_PLAIN_BYTES; length += 1 + random.nextInt(5)) {
      random.nextBytes(plain);
      long account = random.nextLong();
      long high = random.nextLong();
      long low = random.nextLong();
      int field = random.nextInt(0x10000);
      cipher.record(account, high, low);
      // when
      int written = cipher.seal(c, field, plain, 7, length, out, 5);
      // then
      byte[] padded = Arrays.copyOf(Arrays.copyOfRange(plain, 7, 7 + length), written - 16);
      padded[length] = (byte) 0x80;
      assertThat(Arrays.copyOfRange(out, 5, 5 + written))
          .as("length %d, seed %d", length, SEED)
          .isEqualTo(siv.seal(padded, place(c, field), record(account, high, low)));
      assertThat(written).isEqualTo(MonthCipher.sealedLength(c, length));
      assertThat(cipher.open(c, field, out, 5, written, opened, 3)).isEqualTo(length);
      assertThat(Arrays.copyOfRange(opened, 3, 3 + length))
          .isEqualTo(Arrays.copyOfRange(plain, 7, 7 + length));
    }
  }

  @Test
  void shouldKeepManyPlacesApart() {
    // given: more places than are kept, each used twice
    AesSiv siv = new AesSiv(SubKeys.of(MONTH, SECRET).seal());
    byte[] padded = Arrays.copyOf(NUMBER, 16);
    padded[NUMBER.length] = (byte) 0x80;
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    for (int round = 0; round < 2; round++) {
      for (int field = 0; field < 3_000; field++) {
        // when
        byte[] sealed = seal(IdentityClass.TEL, field, NUMBER);
        // then
        assertThat(sealed)
            .isEqualTo(
                siv.seal(
                    padded, place(IdentityClass.TEL, field), record(ACCOUNT, ID_HIGH, ID_LOW)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TEL, 0, 32", "TEL, 15, 32", "TEL, 16, 48", "MAIL, 31, 48", "OTHER, 1000, 1024",
    "IMSI, 15, 32", "TEXT, 0, 80", "TEXT, 63, 80", "TEXT, 64, 272", "TEXT, 255, 272",
    "CONTENT, 256, 1040", "TEXT, 1000, 1040"
  })
  void shouldHideLengths(IdentityClass c, int plain, int sealed) {
    assertThat(MonthCipher.sealedLength(c, plain)).isEqualTo(sealed);
  }

  @Test
  void shouldRefuseLongerTexts() {
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    byte[] plain = new byte[1001];
    byte[] out = new byte[2048];
    assertThatThrownBy(() -> cipher.seal(IdentityClass.TEXT, 1, plain, 0, 1001, out, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1001");
    assertThatThrownBy(() -> cipher.pseudonym(IdentityClass.OTHER, plain, 0, 1001, out, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1001");
    assertThatThrownBy(() -> cipher.seal(IdentityClass.TEXT, 0x10000, plain, 0, 1, out, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void shouldRefuseToSealWithoutARecord() {
    assertThatThrownBy(() -> seal(IdentityClass.TEL, 1, NUMBER))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldBindEverySealToItsPlaceAndRecord() {
    // given
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    byte[] sealed = seal(IdentityClass.TEL, 7, NUMBER);
    // when, then
    assertBroken(IdentityClass.MAIL, 7, sealed);
    assertBroken(IdentityClass.TEL, 8, sealed);
    cipher.record(ACCOUNT + 1, ID_HIGH, ID_LOW);
    assertBroken(IdentityClass.TEL, 7, sealed);
    cipher.record(ACCOUNT, ID_HIGH ^ 1, ID_LOW);
    assertBroken(IdentityClass.TEL, 7, sealed);
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW ^ 1);
    assertBroken(IdentityClass.TEL, 7, sealed);
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    assertThat(open(IdentityClass.TEL, 7, sealed)).isEqualTo(NUMBER);
  }

  @Test
  void shouldRefuseEveryFlippedBitAndWriteNothing() {
    // given
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    byte[] sealed = seal(IdentityClass.MAIL, 7, new byte[20]);
    byte[] out = new byte[100];
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      // when, then
      assertThatThrownBy(
              () -> cipher.open(IdentityClass.MAIL, 7, altered, 0, altered.length, out, 0))
          .as("bit %d", bit)
          .isInstanceOf(CryptoException.SealBroken.class);
    }
    assertThat(out).containsOnly(0);
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(IdentityClass.MAIL, 7, Arrays.copyOf(sealed, length));
    }
    assertBroken(IdentityClass.MAIL, 7, new byte[5_000]);
  }

  @Test
  void shouldNotShowEqualValuesAsEqual() {
    // given
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    byte[] first = seal(IdentityClass.TEL, 7, NUMBER);
    byte[] otherField = seal(IdentityClass.TEL, 8, NUMBER);
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW + 1);
    byte[] otherRecord = seal(IdentityClass.TEL, 7, NUMBER);
    // then
    assertThat(first).isNotEqualTo(otherField).isNotEqualTo(otherRecord);
    assertThat(Arrays.copyOfRange(first, 16, 32))
        .isNotEqualTo(Arrays.copyOfRange(otherField, 16, 32))
        .isNotEqualTo(Arrays.copyOfRange(otherRecord, 16, 32));
  }

  private void assertBroken(IdentityClass c, int field, byte[] sealed) {
    assertThatThrownBy(() -> open(c, field, sealed)).isInstanceOf(CryptoException.SealBroken.class);
  }

  private byte[] seal(IdentityClass c, int field, byte[] plain) {
    byte[] out = new byte[MonthCipher.sealedLength(c, plain.length)];
    cipher.seal(c, field, plain, 0, plain.length, out, 0);
    return out;
  }

  private byte[] open(IdentityClass c, int field, byte[] sealed) {
    byte[] out = new byte[1024];
    int length = cipher.open(c, field, sealed, 0, sealed.length, out, 0);
    return Arrays.copyOf(out, length);
  }

  private static byte[] place(IdentityClass c, int field) {
    return ByteBuffer.allocate(16).put((byte) 1).put(c.id()).putShort((short) field).array();
  }

  private static byte[] record(long account, long high, long low) {
    return ByteBuffer.allocate(24).putLong(account).putLong(high).putLong(low).array();
  }

  private static byte[] secret(int seed) {
    byte[] secret = new byte[MonthKey.SECRET_BYTES];
    new Random(seed).nextBytes(secret);
    return secret;
  }
}
